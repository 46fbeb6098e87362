import { useTranslation } from 'react-i18next'
import { calendarDay } from '../../../ui/calendar.ts'
import styles from './date-tile.module.css'

/** A day as a leaf of a calendar. */
export function DateTile({ time }: { time: string | null }) {
  const { i18n } = useTranslation()
  if (time === null) return null
  const { day, month } = calendarDay(time, i18n.language)
  return (
    <time dateTime={time} className={styles['tile']}>
      <span className={styles['day']}>{day}</span>
      <span className={styles['month']}>{month}</span>
    </time>
  )
}
