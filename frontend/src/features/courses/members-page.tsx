import { LecternError } from '@lectern/client'
import type { CourseRecord } from '@lectern/protocol'
import { Button, Skeleton } from '@mantine/core'
import { UserPlus } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'wouter'
import { useCourse } from '../../lectern/course-queries.ts'
import { isStaff } from '../../lectern/course-roles.ts'
import { useErrorText } from '../../lectern/error-text.ts'
import { isLost } from '../../lectern/is-lost.ts'
import { usePageTitle } from '../../lectern/page-title.ts'
import { ErrorState } from '../../ui/error-state.tsx'
import { PageFrame } from '../../ui/page-frame.tsx'
import { AddMemberDialog } from './add-member-dialog.tsx'
import { CourseMenu } from './course-menu.tsx'
import { JoinCodeCard } from './join-code-card.tsx'
import { MemberList } from './member-list.tsx'
import styles from './members-page.module.css'

/** The server tells only who is in the course's chat that it was archived, or oneself removed. */
const LOOK_AGAIN_MS = 15_000

/** A course's people, and how more come in. */
export function MembersPage({ courseId }: { courseId: string }) {
  const { t } = useTranslation('courses')
  const { data: course, error, refetch, isFetching } = useCourse(courseId, { refetchInterval: LOOK_AGAIN_MS })
  usePageTitle(course && t('members.of', { title: course.title }))
  const back = { to: `/courses/${courseId}`, label: t('members.back') }
  if (error !== null && (course === undefined || isLost(error))) {
    return (
      <PageFrame title={t('members.title')} back={{ ...back, to: '/' }}>
        <Missing error={error} onRetry={() => void refetch()} isRetrying={isFetching} />
      </PageFrame>
    )
  }
  if (course === undefined) {
    return (
      <PageFrame title={<Skeleton height={20} width={180} />} back={back}>
        <Skeleton height={120} radius="md" />
      </PageFrame>
    )
  }
  return (
    <PageFrame title={course.title} back={back} actions={<CourseMenu course={course} withMembers={false} />}>
      {course.join_code !== null && <JoinCodeCard courseId={courseId} code={course.join_code} />}
      <People course={course} />
    </PageFrame>
  )
}

function Missing({ error, onRetry, isRetrying }: { error: Error; onRetry: () => void; isRetrying: boolean }) {
  const { t } = useTranslation(['courses', 'common'])
  const errorText = useErrorText()
  const isGone = error instanceof LecternError && error.code === 'NOT_FOUND'
  if (isGone) {
    return (
      <ErrorState title={t('gone.title')} text={t('gone.text')}>
        <Button component={Link} href="/" variant="default">
          {t('common:notFound.home')}
        </Button>
      </ErrorState>
    )
  }
  return <ErrorState title={t('members.failed')} text={errorText(error)} onRetry={onRetry} isRetrying={isRetrying} />
}

function People({ course }: { course: CourseRecord }) {
  const { t } = useTranslation('courses')
  const [isAdding, setAdding] = useState(false)
  return (
    <section className={styles['people']} aria-labelledby="members-heading">
      <div className={styles['heading']}>
        <h2 id="members-heading">{t('memberCount', { count: course.member_count })}</h2>
        {isStaff(course.role) && (
          <Button
            variant="light"
            leftSection={<UserPlus size={16} aria-hidden="true" />}
            onClick={() => setAdding(true)}
          >
            {t('add.open')}
          </Button>
        )}
      </div>
      <MemberList course={course} />
      <AddMemberDialog course={course} opened={isAdding} onClose={() => setAdding(false)} />
    </section>
  )
}
