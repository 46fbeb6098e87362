import type { CourseRecord } from '@lectern/protocol'
import { Button, Skeleton } from '@mantine/core'
import { FolderPlus, Folders } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useIsBeside } from '../../lectern/beside.ts'
import { useCourse } from '../../lectern/course-queries.ts'
import { useErrorText } from '../../lectern/error-text.ts'
import { useFolders } from '../../lectern/file-queries.ts'
import { isLost } from '../../lectern/is-lost.ts'
import { NoCourse } from '../../lectern/no-course.tsx'
import { usePageTitle } from '../../lectern/page-title.ts'
import { EmptyState } from '../../ui/empty-state.tsx'
import { ErrorState } from '../../ui/error-state.tsx'
import { HeaderButton } from '../../ui/header-button.tsx'
import { PageFrame } from '../../ui/page-frame.tsx'
import { RowList, RowListLoading } from '../../ui/row-list.tsx'
import { isStaff } from './file-permissions.ts'
import { useViewer } from './files-course.tsx'
import { CreateFolderDialog } from './folders/folder-dialogs.tsx'
import rowStyles from './folders/folder-row.module.css'
import { FolderRow } from './folders/folder-row.tsx'
import { QuotaBar } from './folders/quota-bar.tsx'

/** The folders of a course. */
export function FoldersPage({ courseId }: { courseId: string }) {
  const { t } = useTranslation('files')
  const { data: course, error, refetch, isFetching } = useCourse(courseId)
  usePageTitle(course && t('of', { title: course.title }))
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
  return <FoldersOf course={course} />
}

function FoldersOf({ course }: { course: CourseRecord }) {
  const { t } = useTranslation('files')
  const isBeside = useIsBeside()
  const [isCreating, setCreating] = useState(false)
  const create = () => setCreating(true)
  const back = { to: `/courses/${course.id}`, label: t('back') }
  return (
    <PageFrame
      title={isBeside ? t('folders.title') : t('of', { title: course.title })}
      {...(!isBeside && { back })}
      actions={<HeaderButton variant="light" icon={FolderPlus} label={t('folder.create')} onClick={create} />}
    >
      <FolderList course={course} onCreate={create} />
      <QuotaBar />
      <CreateFolderDialog course={course} opened={isCreating} onClose={() => setCreating(false)} />
    </PageFrame>
  )
}

function FolderList({ course, onCreate }: { course: CourseRecord; onCreate: () => void }) {
  const { t } = useTranslation('files')
  const errorText = useErrorText()
  const viewer = useViewer(course)
  const { folders, error, refetch, isFetching } = useFolders(course.id)
  if (folders === undefined) {
    if (error === null) return <FoldersLoading />
    const again = () => void refetch()
    return <ErrorState title={t('failed')} text={errorText(error)} onRetry={again} isRetrying={isFetching} />
  }
  if (folders.length === 0) {
    const text = t(isStaff(viewer) ? 'folders.none.staff' : 'folders.none.student')
    return (
      <EmptyState icon={<Folders size={26} />} title={t('folders.none.title')} text={text}>
        <Button leftSection={<FolderPlus size={16} aria-hidden="true" />} onClick={onCreate}>
          {t('folder.create')}
        </Button>
      </EmptyState>
    )
  }
  return (
    <RowList>
      {folders.map((folder) => (
        <FolderRow key={folder.id} course={course} folder={folder} />
      ))}
    </RowList>
  )
}

const PLACES = ['a', 'b', 'c']

function FoldersLoading() {
  return (
    <RowListLoading>
      {PLACES.map((place) => (
        <div key={place} className={rowStyles['row']}>
          <Skeleton height={44} width={44} radius="md" />
          <Skeleton height={14} width="40%" />
        </div>
      ))}
    </RowListLoading>
  )
}
