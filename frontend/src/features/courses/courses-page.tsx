import { Button, Skeleton } from '@mantine/core'
import { GraduationCap, KeyRound, Plus } from 'lucide-react'
import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useMe } from '../../lectern/client-context.tsx'
import { useCourses } from '../../lectern/course-queries.ts'
import { useErrorText } from '../../lectern/error-text.ts'
import { usePageTitle } from '../../lectern/page-title.ts'
import { EmptyState } from '../../ui/empty-state.tsx'
import { ErrorState } from '../../ui/error-state.tsx'
import { PageFrame } from '../../ui/page-frame.tsx'
import { RowList, RowListLoading } from '../../ui/row-list.tsx'
import { CreateCourseDialog, JoinCourseDialog } from './course-dialogs.ts'
import { CourseRow } from './course-row.tsx'
import styles from './courses-page.module.css'
import { lastCourse } from './last-course.ts'

export function CoursesPage() {
  const { t } = useTranslation('courses')
  const [open, setOpen] = useState<'create' | 'join'>()
  const close = () => setOpen(undefined)
  usePageTitle(t('title'))
  const actions = <Actions onCreate={() => setOpen('create')} onJoin={() => setOpen('join')} />
  const { courses } = useCourses()
  const hasSome = courses !== undefined && courses.length > 0
  return (
    <PageFrame title={t('title')} actions={hasSome && <div className={styles['beside']}>{actions}</div>}>
      {hasSome && <div className={styles['above']}>{actions}</div>}
      <Courses actions={actions} />
      <CreateCourseDialog opened={open === 'create'} onClose={close} />
      <JoinCourseDialog opened={open === 'join'} onClose={close} />
    </PageFrame>
  )
}

function Actions({ onCreate, onJoin }: { onCreate: () => void; onJoin: () => void }) {
  const { t } = useTranslation('courses')
  const isStudent = useMe().role === 'student'
  return (
    <>
      {!isStudent && (
        <Button leftSection={<Plus size={16} aria-hidden="true" />} onClick={onCreate}>
          {t('create.short')}
        </Button>
      )}
      <Button
        variant={isStudent ? 'filled' : 'default'}
        leftSection={<KeyRound size={16} aria-hidden="true" />}
        onClick={onJoin}
      >
        {t('join.short')}
      </Button>
    </>
  )
}

function Courses({ actions }: { actions: ReactNode }) {
  const { t } = useTranslation('courses')
  const errorText = useErrorText()
  const { courses, error, refetch, isFetching, hasNextPage, fetchNextPage, isFetchingNextPage } = useCourses()
  const me = useMe()
  if (courses === undefined) {
    if (error === null) return <ListSkeleton />
    const again = () => void refetch()
    return <ErrorState title={t('failed')} text={errorText(error)} onRetry={again} isRetrying={isFetching} />
  }
  if (courses.length === 0) return <NoCourses>{actions}</NoCourses>
  const last = lastCourse(me.id)
  return (
    <>
      <RowList>
        {courses.map((course) => (
          <CourseRow key={course.id} course={course} isLast={courses.length > 1 && course.id === last} />
        ))}
      </RowList>
      {hasNextPage && (
        <Button mt="md" variant="default" loading={isFetchingNextPage} onClick={() => void fetchNextPage()}>
          {t('more')}
        </Button>
      )}
    </>
  )
}

function NoCourses({ children }: { children: ReactNode }) {
  const { t } = useTranslation('courses')
  const isStudent = useMe().role === 'student'
  return (
    <EmptyState
      icon={<GraduationCap size={28} />}
      title={t('none.title')}
      text={isStudent ? t('none.student') : t('none.teacher')}
    >
      {children}
    </EmptyState>
  )
}

const PLACES = ['a', 'b', 'c']

function ListSkeleton() {
  return (
    <RowListLoading>
      {PLACES.map((place) => (
        <div key={place} className={styles['placeholder']}>
          <Skeleton height={44} width={44} radius="md" />
          <div>
            <Skeleton height={14} width="60%" mb={10} />
            <Skeleton height={12} width="35%" />
          </div>
        </div>
      ))}
    </RowListLoading>
  )
}
