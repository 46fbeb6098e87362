import type { ClassSession, CourseRecord } from '@lectern/protocol'
import { Button } from '@mantine/core'
import { DoorOpen } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { Link } from 'wouter'
import { isStaff } from '../../../lectern/course-roles.ts'
import { durationText } from '../../../ui/duration.ts'
import { RowList } from '../../../ui/row-list.tsx'
import { clockTime, dayName, daysAgo, shortDate } from '../../../ui/time.ts'
import { useNow } from '../../../ui/use-now.ts'
import { classroomAt } from '../addresses.ts'
import { type Countdown, countdown, groupScheduled, type ScheduleGroup } from './schedule.ts'
import { Section } from './section.tsx'
import { SessionMenu } from './session-menu.tsx'
import { SessionRow } from './session-row.tsx'
import styles from './upcoming-classes.module.css'

/** The countdown is in minutes. */
const TICK_MS = 10_000

interface UpcomingProps {
  course: CourseRecord
  sessions: readonly ClassSession[]
}

/** The classes that are planned, by days. */
export function UpcomingClasses({ course, sessions }: UpcomingProps) {
  const { t } = useTranslation('classes')
  const now = useNow(TICK_MS)
  const groups = groupScheduled(sessions, now)
  return (
    <Section title={t('upcoming.title')}>
      {groups.length === 0 && (
        <p className={styles['none']}>{t(isStaff(course.role) ? 'upcoming.noneStaff' : 'upcoming.none')}</p>
      )}
      {groups.map((group) => (
        <Group key={group.kind === 'day' ? group.day : group.kind} course={course} group={group} now={now} />
      ))}
    </Section>
  )
}

function Group({ course, group, now }: { course: CourseRecord; group: ScheduleGroup; now: number }) {
  const { t, i18n } = useTranslation('classes')
  const name = group.kind === 'day' ? dayName(group.day, i18n.language, now) : t(`upcoming.${group.kind}`)
  return (
    <div className={styles['group']}>
      <h3 className={styles['day']}>{name}</h3>
      <RowList>
        {group.sessions.map((session) => (
          <UpcomingRow key={session.id} course={course} session={session} group={group.kind} now={now} />
        ))}
      </RowList>
    </div>
  )
}

interface UpcomingRowProps {
  course: CourseRecord
  session: ClassSession
  group: ScheduleGroup['kind']
  now: number
}

function UpcomingRow({ course, session, group, now }: UpcomingRowProps) {
  const { t, i18n } = useTranslation('classes')
  const near = countdown(session, now)
  const staff = isStaff(course.role)
  const isOpen = group !== 'missed' || staff
  const isDue = near !== undefined || (staff && isNow(session, group, now))
  return (
    <SessionRow
      when={<When session={session} withDay={group !== 'day'} />}
      title={session.title}
      to={isOpen ? classroomAt(session) : undefined}
      detail={
        <>
          {near !== undefined && <CountdownText near={near} />}
          {session.duration_min !== null && <span>{durationText(session.duration_min * 60, i18n.language)}</span>}
          {staff && !session.lobby && <span>{t('upcoming.noLobby')}</span>}
        </>
      }
      action={isOpen && isDue && <Enter session={session} isStaff={staff} isNear={near !== undefined} />}
      menu={<SessionMenu course={course} session={session} />}
    />
  )
}

/** Whether one would begin it now: what is for another day is only looked at. */
const isNow = ({ scheduled_at }: ClassSession, group: ScheduleGroup['kind'], now: number): boolean =>
  group !== 'day' || scheduled_at === null || daysAgo(scheduled_at, now) >= 0

function Enter({ session, isStaff: starts, isNear }: { session: ClassSession; isStaff: boolean; isNear: boolean }) {
  const { t } = useTranslation('classes')
  const { title } = session
  return (
    <Button
      component={Link}
      href={classroomAt(session)}
      size="compact-md"
      fz="sm"
      variant={isNear ? 'filled' : 'default'}
      aria-label={starts ? t('upcoming.startOne', { title }) : t('upcoming.enterOne', { title })}
    >
      {starts ? t('upcoming.start') : t('upcoming.enter')}
    </Button>
  )
}

function When({ session: { scheduled_at }, withDay }: { session: ClassSession; withDay: boolean }) {
  const { i18n } = useTranslation('classes')
  if (scheduled_at === null) return <DoorOpen size={20} aria-hidden="true" className={styles['anytime']} />
  return (
    <time dateTime={scheduled_at} className={styles['when']}>
      <span className={styles['time']}>{clockTime(scheduled_at, i18n.language)}</span>
      {withDay && <span className={styles['date']}>{shortDate(scheduled_at, i18n.language)}</span>}
    </time>
  )
}

function CountdownText({ near }: { near: Countdown }) {
  const { t } = useTranslation('classes')
  const text = near.kind === 'now' ? t('upcoming.now') : t(`upcoming.${near.kind}`, { count: near.minutes })
  return <strong className={styles['near']}>{text}</strong>
}
