import { Skeleton } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import styles from './side-panel.module.css'

const WIDTHS = ['92%', '68%', '80%', '55%']

/** Lines where messages or people will be. */
export function PanelLoading() {
  const { t } = useTranslation('common')
  return (
    <div className={styles['loading']} role="status" aria-label={t('loading')}>
      {WIDTHS.map((width) => (
        <div key={width} className={styles['placeholder']}>
          <Skeleton circle height={32} />
          <div className={styles['lines']}>
            <Skeleton height={10} width="40%" />
            <Skeleton height={10} width={width} />
          </div>
        </div>
      ))}
    </div>
  )
}
