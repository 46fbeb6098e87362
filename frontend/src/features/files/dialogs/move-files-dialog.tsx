import type { FileRecord, FolderRecord } from '@lectern/protocol'
import { useTranslation } from 'react-i18next'
import { Dialog } from '../../../ui/dialog.tsx'
import { PlaceForm } from './place-form.tsx'

interface MoveFilesDialogProps {
  files: readonly FileRecord[]
  opened: boolean
  onClose: () => void
  onMove: (files: readonly FileRecord[], to: FolderRecord) => void
}

/** Asks where what is selected goes. */
export function MoveFilesDialog({ files, opened, onClose, onMove }: MoveFilesDialogProps) {
  const { t } = useTranslation('files')
  const [first] = files
  const isOne = files.length === 1 && first !== undefined
  const title = isOne ? t('moving.title', { name: first.filename }) : t('moving.titleMany', { count: files.length })
  return (
    <Dialog opened={opened} onClose={onClose} title={title}>
      <PlaceForm
        onSubmit={(to) => {
          onClose()
          onMove(files, to)
        }}
        onCancel={onClose}
      />
    </Dialog>
  )
}
