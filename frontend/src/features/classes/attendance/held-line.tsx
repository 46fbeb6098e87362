import type { ClassSession } from '@lectern/protocol'
import { useTranslation } from 'react-i18next'
import { clockTime, dayName } from '../../../ui/time.ts'
import { useHeldTexts } from '../use-held-texts.ts'
import styles from './held-line.module.css'

interface HeldLineProps {
  session: ClassSession
  /** When it was read, in epoch milliseconds. */
  updatedAt: number
  /** Whether reading it again failed. */
  isOutdated: boolean
}

/** When the class was held, or that it is live, and from when what is shown is. */
export function HeldLine({ session, updatedAt, isOutdated }: HeldLineProps) {
  const { t, i18n } = useTranslation('classes')
  const { started_at, status } = session
  const held = useHeldTexts(session, dayName)
  if (started_at === null) return null
  const time = clockTime(updatedAt, i18n.language)
  return (
    <p className={styles['line']}>
      <span>{t('attendance.title')}</span>
      {status === 'live' ? (
        <>
          <strong className={styles['live']}>{t('live.title')}</strong>
          <span>{t('live.since', { time: clockTime(started_at, i18n.language) })}</span>
          <span>{t(isOutdated ? 'attendance.outdated' : 'attendance.updated', { time })}</span>
        </>
      ) : (
        <>
          {(held.length === 0 ? [dayName(started_at, i18n.language)] : held).map((text) => (
            <span key={text}>{text}</span>
          ))}
          {status === 'scheduled' && <span>{t('upcoming.reopened')}</span>}
        </>
      )}
    </p>
  )
}
