import type { CourseRecord } from '@lectern/protocol'
import { Button, Skeleton } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { Link } from 'wouter'
import { useCourse } from '../../lectern/course-queries.ts'
import { useErrorText } from '../../lectern/error-text.ts'
import { useFolders } from '../../lectern/file-queries.ts'
import { isLost } from '../../lectern/is-lost.ts'
import { NoCourse } from '../../lectern/no-course.tsx'
import { usePageTitle } from '../../lectern/page-title.ts'
import { ErrorState } from '../../ui/error-state.tsx'
import { PageFrame } from '../../ui/page-frame.tsx'
import { FolderView } from './folder/folder-view.tsx'

interface FolderPageProps {
  courseId: string
  folderId: string
}

/** One folder of a course. */
export function FolderPage({ courseId, folderId }: FolderPageProps) {
  const { t } = useTranslation('files')
  const { data: course, error, refetch, isFetching } = useCourse(courseId)
  if (course === undefined || isLost(error)) {
    return (
      <NoCourse
        title={t('title')}
        failed={t('failed')}
        error={error}
        onRetry={() => void refetch()}
        isRetrying={isFetching}
      />
    )
  }
  return <FolderOf course={course} folderId={folderId} />
}

function FolderOf({ course, folderId }: { course: CourseRecord; folderId: string }) {
  const { t } = useTranslation('files')
  const errorText = useErrorText()
  const { folders, error, refetch, isFetching } = useFolders(course.id)
  const folder = folders?.find(({ id }) => id === folderId)
  usePageTitle(folder?.name)
  const back = { to: `/courses/${course.id}/files`, label: t('folders.missing.back') }
  if (folder !== undefined) return <FolderView key={folder.id} course={course} folder={folder} />
  if (folders !== undefined) {
    return (
      <PageFrame wide title={t('title')} back={back}>
        <ErrorState title={t('folders.missing.title')} text={t('folders.missing.text')}>
          <Button component={Link} href={back.to} variant="default">
            {back.label}
          </Button>
        </ErrorState>
      </PageFrame>
    )
  }
  return (
    <PageFrame wide title={<Skeleton height={20} width={180} />} back={back}>
      {error === null ? (
        <Skeleton height={72} radius="md" />
      ) : (
        <ErrorState
          title={t('failed')}
          text={errorText(error)}
          onRetry={() => void refetch()}
          isRetrying={isFetching}
        />
      )}
    </PageFrame>
  )
}
