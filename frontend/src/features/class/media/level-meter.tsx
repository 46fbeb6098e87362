import { useTranslation } from 'react-i18next'
import { clsx } from '../../../ui/class-names.ts'
import unseen from '../../../ui/visually-hidden.module.css'
import { useMediaPart } from '../class-context.tsx'
import styles from './level-meter.module.css'

const BARS = 12

/** How loud one's own microphone is, also while muted. */
export function LevelMeter() {
  const { t } = useTranslation('class')
  const level = useMediaPart((state) => Math.round(state.level * BARS))
  return (
    <div className={styles['meter']}>
      <meter className={unseen['hidden']} aria-label={t('devices.level')} min={0} max={BARS} value={level} />
      {Array.from({ length: BARS }, (_, place) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: nothing but the place tells them apart
        <span key={place} className={clsx(styles['bar'], place < level && styles['on'])} />
      ))}
    </div>
  )
}
