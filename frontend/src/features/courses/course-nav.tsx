import { Button, Skeleton, UnstyledButton } from '@mantine/core'
import { KeyRound, Plus, RotateCw } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link, useRoute } from 'wouter'
import { useMe } from '../../lectern/client-context.tsx'
import { useUnread } from '../../lectern/client-hooks.ts'
import { useCourses } from '../../lectern/course-queries.ts'
import { Avatar } from '../../ui/avatar.tsx'
import { clsx } from '../../ui/class-names.ts'
import { CourseBadges } from './course-badges.tsx'
import { CreateCourseDialog, JoinCourseDialog } from './course-dialogs.ts'
import styles from './course-nav.module.css'
import { useRememberCourse } from './use-remember-course.ts'

/** The courses beside every page. */
export function CourseNav({ className }: { className?: string | undefined }) {
  const { t } = useTranslation('courses')
  const [, match] = useRoute('/courses/:courseId/*?')
  useRememberCourse(match?.courseId)
  return (
    <nav className={clsx(styles['nav'], className)} aria-label={t('title')}>
      <div className={styles['scroll']}>
        <Links current={match?.courseId} />
      </div>
      <Adding />
    </nav>
  )
}

function Links({ current }: { current: string | undefined }) {
  const { t } = useTranslation(['courses', 'common'])
  const { courses, isError, refetch, hasNextPage, fetchNextPage, isFetchingNextPage } = useCourses()
  if (courses === undefined) return isError ? <Retry onRetry={() => void refetch()} /> : <LinksSkeleton />
  if (courses.length === 0) return <p className={styles['none']}>{t('nav.none')}</p>
  return (
    <>
      <ul className={styles['list']}>
        {courses.map(({ id, title }) => (
          <li key={id}>
            <CourseLink id={id} title={title} isCurrent={id === current} />
          </li>
        ))}
      </ul>
      {hasNextPage && (
        <Button variant="subtle" size="compact-sm" loading={isFetchingNextPage} onClick={() => void fetchNextPage()}>
          {t('more')}
        </Button>
      )}
    </>
  )
}

function CourseLink({ id, title, isCurrent }: { id: string; title: string; isCurrent: boolean }) {
  const { unread } = useUnread(id)
  return (
    <Link
      href={`/courses/${id}`}
      className={clsx(styles['link'], isCurrent && styles['current'], unread > 0 && styles['unread'])}
      aria-current={isCurrent ? 'page' : undefined}
      title={title}
    >
      <Avatar id={id} name={title} size={28} square />
      <span className={styles['title']}>{title}</span>
      <CourseBadges courseId={id} />
    </Link>
  )
}

const PLACES = ['a', 'b', 'c', 'd']

const LinksSkeleton = () => (
  <div className={styles['list']} aria-hidden="true">
    {PLACES.map((place) => (
      <Skeleton key={place} height={28} radius="md" my={8} mx={8} width="auto" />
    ))}
  </div>
)

function Retry({ onRetry }: { onRetry: () => void }) {
  const { t } = useTranslation(['courses', 'common'])
  return (
    <div className={styles['none']}>
      {t('nav.failed')}
      <Button
        variant="subtle"
        size="compact-sm"
        leftSection={<RotateCw size={14} aria-hidden="true" />}
        onClick={onRetry}
      >
        {t('common:retry')}
      </Button>
    </div>
  )
}

function Adding() {
  const { t } = useTranslation('courses')
  const { role } = useMe()
  const [open, setOpen] = useState<'create' | 'join'>()
  const close = () => setOpen(undefined)
  return (
    <div className={styles['adding']}>
      {role !== 'student' && (
        <UnstyledButton className={styles['link']} onClick={() => setOpen('create')}>
          <Plus size={18} aria-hidden="true" className={styles['icon']} />
          {t('create.open')}
        </UnstyledButton>
      )}
      <UnstyledButton className={styles['link']} onClick={() => setOpen('join')}>
        <KeyRound size={18} aria-hidden="true" className={styles['icon']} />
        {t('join.open')}
      </UnstyledButton>
      <CreateCourseDialog opened={open === 'create'} onClose={close} />
      <JoinCourseDialog opened={open === 'join'} onClose={close} />
    </div>
  )
}
