import type { FileRecord } from '@lectern/protocol'
import { useTranslation } from 'react-i18next'
import { Dialog } from '../../../ui/dialog.tsx'
import { mayManageFile } from '../file-permissions.ts'
import { type FileQuestion, useShownFolder } from '../folder/folder-context.ts'
import { FileDetails } from './file-details.tsx'
import { MoveFileForm } from './move-file-form.tsx'
import { RenameFileForm } from './rename-file-form.tsx'
import { ShareFile } from './share-file.tsx'

interface FileDialogsProps {
  question: FileQuestion
  file: FileRecord
  opened: boolean
  onClose: () => void
}

/** What is asked, or told, of a file. */
export function FileDialogs({ question, file, opened, onClose }: FileDialogsProps) {
  const title = useTitle(question, file)
  return (
    <Dialog opened={opened} onClose={onClose} title={title}>
      <Content question={question} file={file} onClose={onClose} />
    </Dialog>
  )
}

function useTitle(question: FileQuestion, { filename: name }: FileRecord): string {
  const { t } = useTranslation('files')
  switch (question) {
    case 'rename':
      return t('renaming.title')
    case 'move':
      return t('moving.title', { name })
    case 'share':
      return t('share.title', { name })
    case 'details':
      return t('details.title')
  }
}

function Content({ question, file, onClose }: Omit<FileDialogsProps, 'opened'>) {
  const { viewer, folder } = useShownFolder()
  switch (question) {
    case 'rename':
      return <RenameFileForm file={file} onClose={onClose} />
    case 'move':
      return <MoveFileForm file={file} onClose={onClose} />
    case 'share':
      return <ShareFile file={file} mayLong={mayManageFile(viewer, folder, file)} />
    case 'details':
      return <FileDetails file={file} />
  }
}
