import type { ClassSession, CourseRecord } from '@lectern/protocol'
import { Button } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { Link } from 'wouter'
import { isStaff } from '../../../lectern/course-roles.ts'
import { RowList } from '../../../ui/row-list.tsx'
import { attendanceAt } from '../addresses.ts'
import { useHeldTexts } from '../use-held-texts.ts'
import { DateTile } from './date-tile.tsx'
import { latestFirst } from './schedule.ts'
import { Section } from './section.tsx'
import { SessionMenu } from './session-menu.tsx'
import { SessionRow } from './session-row.tsx'

interface PastProps {
  course: CourseRecord
  sessions: readonly ClassSession[]
  paging: {
    readonly hasNextPage: boolean
    readonly isFetchingNextPage: boolean
    readonly isFetchNextPageError: boolean
    readonly fetchNextPage: () => Promise<unknown>
  }
}

/** The classes that are over, the newest first; nothing where there are none. */
export function PastClasses({ course, sessions, paging }: PastProps) {
  const { t } = useTranslation('classes')
  if (sessions.length === 0) return null
  return (
    <Section title={t('past.title')}>
      <RowList>
        {latestFirst(sessions).map((session) => (
          <PastRow key={session.id} course={course} session={session} />
        ))}
      </RowList>
      {paging.hasNextPage && (
        <Button
          mt="md"
          variant="default"
          loading={paging.isFetchingNextPage}
          onClick={() => void paging.fetchNextPage()}
        >
          {paging.isFetchNextPageError ? t('past.moreFailed') : t('past.more')}
        </Button>
      )}
    </Section>
  )
}

function PastRow({ course, session }: { course: CourseRecord; session: ClassSession }) {
  const { t } = useTranslation('classes')
  const held = useHeldTexts(session)
  const staff = isStaff(course.role)
  // One that was ended without having been begun has nobody's attendance.
  const wasHeld = session.started_at !== null
  return (
    <SessionRow
      when={<DateTile time={session.started_at ?? session.scheduled_at ?? session.ended_at} />}
      title={session.title}
      to={wasHeld ? attendanceAt(session) : undefined}
      detail={wasHeld ? held.map((text) => <span key={text}>{text}</span>) : t('past.notHeld')}
      action={
        wasHeld ? (
          <Button
            component={Link}
            href={attendanceAt(session)}
            variant="default"
            size="compact-md"
            fz="sm"
            aria-label={t(staff ? 'past.attendanceOf' : 'past.ownOf', { title: session.title })}
          >
            {t(staff ? 'past.attendance' : 'past.own')}
          </Button>
        ) : undefined
      }
      menu={<SessionMenu course={course} session={session} />}
    />
  )
}
