import type { ClassSession, CourseRecord } from '@lectern/protocol'
import { Button, Skeleton } from '@mantine/core'
import { Hourglass } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { Link } from 'wouter'
import { useAttendance, useSession } from '../../../lectern/class-queries.ts'
import { useCourse } from '../../../lectern/course-queries.ts'
import { isStaff } from '../../../lectern/course-roles.ts'
import { useErrorText } from '../../../lectern/error-text.ts'
import { isLost } from '../../../lectern/is-lost.ts'
import { NoCourse } from '../../../lectern/no-course.tsx'
import { usePageTitle } from '../../../lectern/page-title.ts'
import { EmptyState } from '../../../ui/empty-state.tsx'
import { ErrorState } from '../../../ui/error-state.tsx'
import { PageFrame } from '../../../ui/page-frame.tsx'
import { classesAt } from '../addresses.ts'
import { AttendanceActions } from './attendance-actions.tsx'
import { HeldLine } from './held-line.tsx'
import { OwnAttendance } from './own-attendance.tsx'
import { Roll } from './roll-view.tsx'

interface AttendancePageProps {
  courseId: string
  sessionId: string
}

/** Who was in a class, from when to when: all of it for staff, one's own for a student. */
export function AttendancePage({ courseId, sessionId }: AttendancePageProps) {
  const { t } = useTranslation('classes')
  const course = useCourse(courseId)
  const session = useSession(sessionId)
  usePageTitle(session.data && t('attendance.of', { title: session.data.title }))
  const error = course.error ?? session.error
  const again = () => void Promise.all([course.refetch(), session.refetch()])
  if (course.data === undefined || isLost(course.error)) {
    return (
      <NoCourse
        title={t('attendance.title')}
        failed={t('attendance.failed')}
        error={error}
        onRetry={again}
        isRetrying={course.isFetching}
      />
    )
  }
  const isElsewhere = session.data !== undefined && session.data.course_id !== courseId
  if (session.data === undefined || isElsewhere || isLost(session.error)) {
    const isGone = isElsewhere || isLost(session.error)
    return (
      <NoSession courseId={courseId} error={error} isGone={isGone} onRetry={again} isRetrying={session.isFetching} />
    )
  }
  return <AttendanceOf course={course.data} session={session.data} />
}

interface NoSessionProps {
  courseId: string
  /** Null while it is loaded. */
  error: Error | null
  isGone: boolean
  onRetry: () => void
  isRetrying: boolean
}

function NoSession({ courseId, error, isGone, onRetry, isRetrying }: NoSessionProps) {
  const { t } = useTranslation('classes')
  const errorText = useErrorText()
  const back = { to: classesAt(courseId), label: t('attendance.back') }
  if (isGone) {
    return (
      <PageFrame wide title={t('attendance.title')} back={back}>
        <ErrorState title={t('gone.title')} text={t('gone.text')}>
          <Button component={Link} href={classesAt(courseId)} variant="default">
            {t('attendance.back')}
          </Button>
        </ErrorState>
      </PageFrame>
    )
  }
  return (
    <PageFrame wide title={t('attendance.title')} back={back}>
      {error === null ? (
        <Skeleton height={240} radius="md" />
      ) : (
        <ErrorState title={t('attendance.failed')} text={errorText(error)} onRetry={onRetry} isRetrying={isRetrying} />
      )}
    </PageFrame>
  )
}

function AttendanceOf({ course, session }: { course: CourseRecord; session: ClassSession }) {
  const { t } = useTranslation('classes')
  const staff = isStaff(course.role)
  const back = { to: classesAt(course.id), label: t('attendance.back') }
  const isBegun = session.started_at !== null
  return (
    <PageFrame
      wide={staff}
      title={session.title}
      back={back}
      actions={isBegun && <AttendanceActions course={course} session={session} />}
    >
      {isBegun ? (
        <Measured session={session} isStaff={staff} />
      ) : (
        <EmptyState
          icon={<Hourglass size={26} />}
          title={t('attendance.notBegun.title')}
          text={t('attendance.notBegun.text')}
        />
      )}
    </PageFrame>
  )
}

function Measured({ session, isStaff: showsAll }: { session: ClassSession; isStaff: boolean }) {
  const { t } = useTranslation('classes')
  const errorText = useErrorText()
  const { data, error, refetch, isFetching, dataUpdatedAt } = useAttendance(session)
  if (data === undefined) {
    if (error === null) return <Skeleton height={320} radius="md" />
    const again = () => void refetch()
    return <ErrorState title={t('attendance.failed')} text={errorText(error)} onRetry={again} isRetrying={isFetching} />
  }
  return (
    <>
      <HeldLine session={session} updatedAt={dataUpdatedAt} isOutdated={error !== null} />
      {showsAll ? (
        <Roll session={session} records={data} now={dataUpdatedAt} />
      ) : (
        <OwnAttendance session={session} record={data[0]} now={dataUpdatedAt} />
      )}
    </>
  )
}
