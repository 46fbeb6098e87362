import type { CourseRecord, FileRecord, FolderRecord } from '@lectern/protocol'
import { Button, Skeleton } from '@mantine/core'
import { useCallback, useMemo, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link, useLocation } from 'wouter'
import { useCourse } from '../../lectern/course-queries.ts'
import { useErrorText } from '../../lectern/error-text.ts'
import { useFolders } from '../../lectern/file-queries.ts'
import { isLost } from '../../lectern/is-lost.ts'
import { NoCourse } from '../../lectern/no-course.tsx'
import { usePageTitle } from '../../lectern/page-title.ts'
import { useRefusedFiles } from '../../lectern/uploads-context.tsx'
import { useFileDrop } from '../../lectern/use-file-drop.ts'
import { ErrorState } from '../../ui/error-state.tsx'
import { PageFrame } from '../../ui/page-frame.tsx'
import { FileDialogs } from './dialogs/file-dialogs.tsx'
import { mayAdd } from './file-permissions.ts'
import { useViewer } from './files-course.tsx'
import { FileList, useListing } from './folder/file-list.tsx'
import { type FileQuestion, FolderContext, type ShownFolder, useShownFolder } from './folder/folder-context.ts'
import { useFileDeletions } from './folder/use-file-deletions.ts'
import styles from './folder-page.module.css'
import { FolderIcon } from './folders/folder-icon.tsx'
import { FolderMenu } from './folders/folder-menu.tsx'
import { useVisibilityText } from './folders/use-visibility-text.ts'
import { FilePreview } from './preview/file-preview.tsx'
import { DropZone } from './upload/drop-zone.tsx'
import { UploadButton } from './upload/upload-button.tsx'
import { useFilePaste } from './upload/use-file-paste.ts'
import { useUploadHere } from './upload/use-upload-here.ts'

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
  if (folder !== undefined) return <Shown course={course} folder={folder} />
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

interface Asked {
  readonly question: FileQuestion
  readonly file: FileRecord
}

function Shown({ course, folder }: { course: CourseRecord; folder: FolderRecord }) {
  const viewer = useViewer(course)
  const page = useRef<HTMLDivElement>(null)
  const { hidden, remove } = useFileDeletions(useCallback(() => page.current?.focus(), []))
  // What was asked last is drawn while its dialog closes.
  const [asked, setAsked] = useState<Asked>()
  const [isAsking, setAsking] = useState(false)
  const ask = useCallback((question: FileQuestion, file: FileRecord) => {
    setAsked({ question, file })
    setAsking(true)
  }, [])
  const shown = useMemo<ShownFolder>(
    () => ({ course, folder, viewer, ask, remove }),
    [course, folder, viewer, ask, remove],
  )
  return (
    <FolderContext value={shown}>
      <div ref={page} tabIndex={-1} className={styles['page']}>
        <Content hidden={hidden} />
      </div>
      {asked !== undefined && <FileDialogs {...asked} opened={isAsking} onClose={() => setAsking(false)} />}
    </FolderContext>
  )
}

function Content({ hidden }: { hidden: ReadonlySet<string> }) {
  const { t } = useTranslation('files')
  const { course, folder, viewer } = useShownFolder()
  const [, navigate] = useLocation()
  const adds = mayAdd(viewer, folder)
  const upload = useUploadHere()
  const isOver = useFileDrop(adds ? upload : undefined, useRefusedFiles())
  useFilePaste(adds ? upload : undefined)
  const listing = useListing(folder.id)
  const back = { to: `/courses/${course.id}/files`, label: t('folders.missing.back') }
  return (
    <PageFrame
      wide
      title={<bdi>{folder.name}</bdi>}
      back={back}
      actions={
        <>
          {adds && <UploadButton />}
          <FolderMenu course={course} folder={folder} onDeleted={() => navigate(back.to)} />
        </>
      }
    >
      <About />
      <FileList listing={listing} hidden={hidden} />
      <FilePreview files={listing.found.files ?? []} hidden={hidden} />
      {isOver && <DropZone folder={folder.name} />}
    </PageFrame>
  )
}

/** Who reads and who adds. */
function About() {
  const { t } = useTranslation('files')
  const { folder, viewer } = useShownFolder()
  const textOf = useVisibilityText(viewer)
  return (
    <p className={styles['about']}>
      <FolderIcon visibility={folder.visibility} size={36} />
      <span>
        <strong>{t(`visibility.${folder.visibility}.name`)}</strong>
        <span className={styles['access']}>{textOf(folder.visibility)}</span>
      </span>
    </p>
  )
}
