import type { Quality } from '@lectern/client/classes'
import { SignalMedium, TriangleAlert } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import unseen from '../../../ui/visually-hidden.module.css'
import styles from './quality-mark.module.css'

/** How well the connection to somebody does, where it is not good. */
export function QualityMark({ quality }: { quality: Quality }) {
  const { t } = useTranslation('class')
  if (quality.level === 'good') return null
  const said = t(`quality.${quality.level}`, { reason: t(`quality.reason.${quality.reason}`) })
  const Icon = quality.level === 'fair' ? SignalMedium : TriangleAlert
  return (
    <span className={styles['mark']} data-level={quality.level} title={said}>
      <Icon size={15} aria-hidden="true" />
      <span className={unseen['hidden']}>{said}</span>
    </span>
  )
}
