import { dayName } from '../../../ui/time.ts'
import styles from './dividers.module.css'
import type { RowLook } from './row-look.ts'

export function DayDivider({ time, look: { language } }: { time: string; look: RowLook }) {
  return (
    <div className={styles['divider']}>
      <span className={styles['day']}>{dayName(time, language)}</span>
    </div>
  )
}

/** Stands where one had read up to when the page was opened. */
export function NewDivider({ look: { t } }: { look: RowLook }) {
  return (
    <div className={styles['new']}>
      <span className={styles['newLabel']}>{t('list.newMessages')}</span>
    </div>
  )
}

/** Stands above the first message of all. */
export function LogStart({ look: { t, courseTitle } }: { look: RowLook }) {
  return (
    <div className={styles['start']}>
      <p className={styles['title']}>{courseTitle}</p>
      <p className={styles['text']}>{t('list.start')}</p>
    </div>
  )
}
