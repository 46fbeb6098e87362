import type { AttendanceRecord, ClassSession } from '@lectern/protocol'
import { UserX } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { useAttendancePolicy } from '../../../lectern/class-queries.ts'
import { EmptyState } from '../../../ui/empty-state.tsx'
import { clockTime } from '../../../ui/time.ts'
import styles from './own-attendance.module.css'
import { PolicyText } from './policy-dialog.tsx'
import { isCorrected } from './roll.ts'
import { StatusBadge } from './status-badge.tsx'
import { windowOf } from './timeline.ts'
import { TimelineBar } from './timeline-bar.tsx'
import { useFacts } from './use-facts.ts'

interface OwnAttendanceProps {
  session: ClassSession
  /** Undefined for who has none, such as an administrator who is not enrolled. */
  record: AttendanceRecord | undefined
  now: number
}

/** What a student sees: what was measured of themselves, and by which rules it is called so. */
export function OwnAttendance({ session, record, now }: OwnAttendanceProps) {
  const { t } = useTranslation('classes')
  if (record === undefined) return <EmptyState icon={<UserX size={26} />} title={t('attendance.noneOfYours')} />
  return (
    <>
      <OwnCard session={session} record={record} now={now} />
      <Rules courseId={session.course_id} />
    </>
  )
}

function OwnCard({ session, record, now }: { session: ClassSession; record: AttendanceRecord; now: number }) {
  const { t, i18n } = useTranslation('classes')
  const facts = useFacts(record)
  const whole = windowOf(session, [record], now)
  return (
    <section className={styles['card']} aria-label={t('past.own')}>
      <StatusBadge record={record} />
      {whole !== undefined && (
        <>
          <TimelineBar record={record} whole={whole} now={now} />
          <div className={styles['axis']} aria-hidden="true">
            <span>{clockTime(whole.from, i18n.language)}</span>
            <span>{clockTime(whole.to, i18n.language)}</span>
          </div>
        </>
      )}
      {facts.length > 0 && <p className={styles['facts']}>{facts.join(' · ')}</p>}
      {isCorrected(record) && <p className={styles['facts']}>{t('correction.byTeacher')}</p>}
      {record.note !== null && record.note !== '' && <blockquote className={styles['note']}>{record.note}</blockquote>}
    </section>
  )
}

function Rules({ courseId }: { courseId: string }) {
  const { t } = useTranslation('classes')
  const { data: policy } = useAttendancePolicy(courseId)
  if (policy === undefined) return null
  return (
    <section className={styles['rules']} aria-labelledby="attendance-rules">
      <h2 id="attendance-rules">{t('policy.title')}</h2>
      <PolicyText policy={policy} />
    </section>
  )
}
