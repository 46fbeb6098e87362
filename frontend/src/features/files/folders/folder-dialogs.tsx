import { LecternError } from '@lectern/client'
import type { CourseRecord, FolderRecord } from '@lectern/protocol'
import { useTranslation } from 'react-i18next'
import { useLocation } from 'wouter'
import { useErrorText } from '../../../lectern/error-text.ts'
import { useFolderSize } from '../../../lectern/file-queries.ts'
import { ConfirmDialog } from '../../../ui/confirm-dialog.tsx'
import { Dialog } from '../../../ui/dialog.tsx'
import { toastDone } from '../../../ui/toast.tsx'
import { visibilitiesFor } from '../file-permissions.ts'
import { useViewer } from '../files-course.tsx'
import { FolderForm } from './folder-form.tsx'
import { useFolderChanges } from './use-folder-changes.ts'

interface DialogProps {
  course: CourseRecord
  opened: boolean
  onClose: () => void
}

/** Makes a folder, and leads into it. */
export function CreateFolderDialog({ course, opened, onClose }: DialogProps) {
  const { t } = useTranslation('files')
  return (
    <Dialog opened={opened} onClose={onClose} title={t('folder.create')}>
      <CreateForm course={course} onClose={onClose} />
    </Dialog>
  )
}

function CreateForm({ course, onClose }: Omit<DialogProps, 'opened'>) {
  const { t } = useTranslation('files')
  const [, navigate] = useLocation()
  const { create } = useFolderChanges()
  const viewer = useViewer(course)
  const kinds = visibilitiesFor(viewer)
  return (
    <FolderForm
      viewer={viewer}
      kinds={kinds}
      initial={{ name: '', visibility: kinds[0] ?? 'shared' }}
      submitLabel={t('folder.createSubmit')}
      onCancel={onClose}
      onSubmit={async (fields) => {
        const { id } = await create(course.id, fields)
        onClose()
        navigate(`/courses/${course.id}/files/${id}`)
      }}
    />
  )
}

interface FolderDialogProps extends DialogProps {
  folder: FolderRecord
}

export function EditFolderDialog({ opened, onClose, ...of }: FolderDialogProps) {
  const { t } = useTranslation('files')
  return (
    <Dialog opened={opened} onClose={onClose} title={t('folder.editTitle')}>
      <EditForm {...of} onClose={onClose} />
    </Dialog>
  )
}

function EditForm({ course, folder, onClose }: Omit<FolderDialogProps, 'opened'>) {
  const { t } = useTranslation('common')
  const { change } = useFolderChanges()
  const viewer = useViewer(course)
  const kinds = visibilitiesFor(viewer)
  return (
    <FolderForm
      viewer={viewer}
      // A folder may be what its owner may make no longer.
      kinds={kinds.includes(folder.visibility) ? kinds : [folder.visibility, ...kinds]}
      initial={folder}
      submitLabel={t('save')}
      onCancel={onClose}
      onSubmit={async (fields) => {
        await change(folder, fields)
        onClose()
      }}
    />
  )
}

/** Says how many files go with it. @param onDeleted told when it is gone */
export function DeleteFolderDialog({
  folder,
  opened,
  onClose,
  onDeleted,
}: Omit<FolderDialogProps, 'course'> & { onDeleted?: () => void }) {
  const { t } = useTranslation('files')
  const errorText = useErrorText()
  const { remove } = useFolderChanges()
  const confirm = async (): Promise<string | undefined> => {
    try {
      await remove(folder)
    } catch (error) {
      if (error instanceof LecternError && error.code === 'FORBIDDEN') return t('folder.notYours')
      // Somebody else was quicker.
      if (!(error instanceof LecternError && error.code === 'NOT_FOUND')) return errorText(error)
    }
    toastDone(t('folder.deleted', { name: folder.name }))
    onDeleted?.()
    return undefined
  }
  return (
    <ConfirmDialog
      opened={opened}
      onClose={onClose}
      onConfirm={confirm}
      title={t('folder.deleteTitle', { name: folder.name })}
      confirmLabel={t('folder.delete')}
      danger
    >
      <HowMany folderId={folder.id} />
    </ConfirmDialog>
  )
}

function HowMany({ folderId }: { folderId: string }) {
  const { t } = useTranslation('files')
  const { data, isError } = useFolderSize(folderId)
  if (isError) return t('folder.deleteUnknown')
  if (data === undefined) return t('folder.deleteCounting')
  const { file_count: count } = data
  return count === 0 ? t('folder.deleteEmpty') : t('folder.deleteText', { count })
}
