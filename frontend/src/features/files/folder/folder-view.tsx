import type { CourseRecord, FileRecord, FolderRecord } from '@lectern/protocol'
import { useCallback, useMemo, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useLocation } from 'wouter'
import { useRefusedFiles } from '../../../lectern/uploads-context.tsx'
import { useFileDrop } from '../../../lectern/use-file-drop.ts'
import { PageFrame } from '../../../ui/page-frame.tsx'
import { FileDialogs } from '../dialogs/file-dialogs.tsx'
import { MoveFilesDialog } from '../dialogs/move-files-dialog.tsx'
import { mayAdd } from '../file-permissions.ts'
import { useViewer } from '../files-course.tsx'
import { FolderIcon } from '../folders/folder-icon.tsx'
import { FolderMenu } from '../folders/folder-menu.tsx'
import { useVisibilityText } from '../folders/use-visibility-text.ts'
import { FilePreview } from '../preview/file-preview.tsx'
import { allOf, NOTHING_SELECTED } from '../selection/selection.ts'
import { SelectionContext, useFileSelection, useSelectionState } from '../selection/selection-context.ts'
import { useSelectionKeys } from '../selection/use-selection-keys.ts'
import { DropZone } from '../upload/drop-zone.tsx'
import { UploadButton } from '../upload/upload-button.tsx'
import { useFilePaste } from '../upload/use-file-paste.ts'
import { useUploadHere } from '../upload/use-upload-here.ts'
import { FileList, type Listing, useListing } from './file-list.tsx'
import { type FileQuestion, FolderContext, type ShownFolder, useShownFolder } from './folder-context.ts'
import styles from './folder-view.module.css'
import { useUndoableChanges } from './use-undoable-changes.tsx'

interface Asked {
  readonly question: FileQuestion
  readonly file: FileRecord
}

/** A folder that is there. */
export function FolderView({ course, folder }: { course: CourseRecord; folder: FolderRecord }) {
  const viewer = useViewer(course)
  const page = useRef<HTMLDivElement>(null)
  const focusPage = useCallback(() => page.current?.focus(), [])
  const listing = useListing(folder.id)
  const selection = useSelectionState()
  const [, select] = selection
  // Who wants to try again what failed need not look for it.
  const selectFailed = useCallback((files: readonly FileRecord[]) => select(allOf(files.map(({ id }) => id))), [select])
  const { hidden, remove, move } = useUndoableChanges(focusPage, selectFailed)
  const { files = NO_FILES } = listing.found
  const shown = useMemo(() => files.filter(({ id }) => !hidden.has(id)), [files, hidden])
  const selected = useFileSelection(shown, selection)
  useSelectionKeys(page, selected)
  const asking = useAsked<Asked>()
  const moving = useAsked<readonly FileRecord[]>()
  const { ask: askOf } = asking
  const ask = useCallback((question: FileQuestion, file: FileRecord) => askOf({ question, file }), [askOf])
  const { ask: askToMove } = moving
  const context = useMemo<ShownFolder>(
    () => ({ course, folder, viewer, ask, remove, askToMove, focusPage }),
    [course, folder, viewer, ask, remove, askToMove, focusPage],
  )
  const moveAll = (moved: readonly FileRecord[], to: FolderRecord): void => {
    move(moved, to)
    select(NOTHING_SELECTED)
  }
  return (
    <FolderContext value={context}>
      <SelectionContext value={selected}>
        <div ref={page} tabIndex={-1} className={styles['page']}>
          <Content listing={listing} shown={shown} hidden={hidden} />
        </div>
      </SelectionContext>
      {asking.asked !== undefined && <FileDialogs {...asking.asked} {...asking.dialog} />}
      {moving.asked !== undefined && <MoveFilesDialog files={moving.asked} {...moving.dialog} onMove={moveAll} />}
    </FolderContext>
  )
}

const NO_FILES: readonly FileRecord[] = []

/** What a dialog asks of. It is drawn still while the dialog closes. */
function useAsked<Of>() {
  const [asked, setAsked] = useState<Of>()
  const [opened, setOpened] = useState(false)
  const ask = useCallback((of: Of) => {
    setAsked(() => of)
    setOpened(true)
  }, [])
  return { asked, ask, dialog: { opened, onClose: () => setOpened(false) } }
}

interface ContentProps {
  listing: Listing
  shown: readonly FileRecord[]
  /** Ids of files that are being deleted or moved. */
  hidden: ReadonlySet<string>
}

function Content({ listing, shown, hidden }: ContentProps) {
  const { t } = useTranslation('files')
  const { course, folder, viewer } = useShownFolder()
  const [, navigate] = useLocation()
  const adds = mayAdd(viewer, folder)
  const upload = useUploadHere()
  const isOver = useFileDrop(adds ? upload : undefined, useRefusedFiles())
  useFilePaste(adds ? upload : undefined)
  const back = { to: `/courses/${course.id}/files`, label: t('folders.missing.back') }
  return (
    <>
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
        <FileList listing={listing} shown={shown} />
        <FilePreview files={listing.found.files ?? NO_FILES} hidden={hidden} />
      </PageFrame>
      {isOver && <DropZone folder={folder.name} />}
    </>
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
