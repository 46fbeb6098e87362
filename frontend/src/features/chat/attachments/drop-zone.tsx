import { Paperclip } from 'lucide-react'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { useFileDrop } from '../../../lectern/use-file-drop.ts'
import { useAttachmentsOnDemand } from './attachments-context.tsx'
import styles from './drop-zone.module.css'

/** Takes files that are dropped anywhere on the page, and shows over the conversation that it would. */
export function DropZone({ onFiles }: { onFiles: (files: readonly File[]) => void }) {
  const { t } = useTranslation('chat')
  const { open } = useAttachmentsOnDemand()
  const refused = useMemo<Parameters<typeof useFileDrop>[1]>(
    () => ({ add: (file, refusal) => void open().then((attachments) => attachments?.refused.add(file, refusal)) }),
    [open],
  )
  const isOver = useFileDrop(onFiles, refused)
  return (
    isOver && (
      <div className={styles['overlay']} role="status">
        <Paperclip size={28} aria-hidden="true" />
        {t('attach.drop')}
      </div>
    )
  )
}
