import type { CourseRecord } from '@lectern/protocol'
import { CalendarPlus, Video } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useSessions } from '../../lectern/class-queries.ts'
import { useCourse } from '../../lectern/course-queries.ts'
import { isStaff } from '../../lectern/course-roles.ts'
import { useErrorText } from '../../lectern/error-text.ts'
import { isLost } from '../../lectern/is-lost.ts'
import { NoCourse } from '../../lectern/no-course.tsx'
import { usePageTitle } from '../../lectern/page-title.ts'
import { useAllPages } from '../../lectern/use-all-pages.ts'
import { ErrorState } from '../../ui/error-state.tsx'
import { HeaderButton } from '../../ui/header-button.tsx'
import { PageFrame } from '../../ui/page-frame.tsx'
import { LiveClasses } from './list/live-classes.tsx'
import { NoClasses } from './list/no-classes.tsx'
import { PastClasses } from './list/past-classes.tsx'
import { ClassesSkeleton } from './list/session-row.tsx'
import { UpcomingClasses } from './list/upcoming-classes.tsx'
import { PlanDialog } from './plan/plan-dialog.tsx'
import { StartDialog } from './plan/start-dialog.tsx'

/** The classes of a course: live, to come, and past. */
export function ClassesPage({ courseId }: { courseId: string }) {
  const { t } = useTranslation('classes')
  const { data: course, error, refetch, isFetching } = useCourse(courseId)
  usePageTitle(course && t('of', { title: course.title }))
  if (course === undefined || isLost(error)) {
    const again = () => void refetch()
    return <NoCourse title={t('title')} failed={t('failed')} error={error} onRetry={again} isRetrying={isFetching} />
  }
  return <ClassesOf course={course} />
}

type Asked = 'plan' | 'start'

function ClassesOf({ course }: { course: CourseRecord }) {
  const { t } = useTranslation('classes')
  const [asked, setAsked] = useState<Asked>()
  const close = () => setAsked(undefined)
  const staff = isStaff(course.role)
  return (
    <PageFrame
      title={t('of', { title: course.title })}
      back={{ to: `/courses/${course.id}`, label: t('back') }}
      actions={staff && <Actions onAsk={setAsked} />}
    >
      <Lists course={course} onPlan={() => setAsked('plan')} onStart={() => setAsked('start')} />
      {staff && (
        <>
          <PlanDialog courseId={course.id} opened={asked === 'plan'} onClose={close} />
          <StartDialog courseId={course.id} opened={asked === 'start'} onClose={close} />
        </>
      )}
    </PageFrame>
  )
}

function Actions({ onAsk }: { onAsk: (asked: Asked) => void }) {
  const { t } = useTranslation('classes')
  return (
    <>
      <HeaderButton variant="light" icon={CalendarPlus} label={t('plan.open')} onClick={() => onAsk('plan')} />
      <HeaderButton variant="filled" icon={Video} label={t('start.open')} onClick={() => onAsk('start')} />
    </>
  )
}

interface ListsProps {
  course: CourseRecord
  onPlan: () => void
  onStart: () => void
}

function Lists({ course, onPlan, onStart }: ListsProps) {
  const { t } = useTranslation('classes')
  const errorText = useErrorText()
  const live = useSessions(course.id, 'live')
  const scheduled = useSessions(course.id, 'scheduled')
  const past = useSessions(course.id, 'ended')
  useAllPages(scheduled)
  const failed = [live, scheduled, past].find(({ sessions, error }) => sessions === undefined && error !== null)
  if (failed !== undefined) {
    const again = () => void Promise.all([live.refetch(), scheduled.refetch(), past.refetch()])
    const text = errorText(failed.error)
    return <ErrorState title={t('failed')} text={text} onRetry={again} isRetrying={failed.isFetching} />
  }
  if (live.sessions === undefined || scheduled.sessions === undefined || past.sessions === undefined) {
    return <ClassesSkeleton />
  }
  const all = live.sessions.length + scheduled.sessions.length + past.sessions.length
  if (all === 0) return <NoClasses isStaff={isStaff(course.role)} onPlan={onPlan} onStart={onStart} />
  return (
    <>
      <LiveClasses course={course} sessions={live.sessions} />
      <UpcomingClasses course={course} sessions={scheduled.sessions} />
      <PastClasses course={course} sessions={past.sessions} paging={past} />
    </>
  )
}
