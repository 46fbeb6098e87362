import { categoryOf } from '@lectern/protocol'
import { X } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { FileIcon } from '../../../lectern/file-icon.tsx'
import type { RefusedFile } from '../../../lectern/refused-files.ts'
import { useRefusalText } from '../../../lectern/upload-error-text.ts'
import { clsx } from '../../../ui/class-names.ts'
import styles from './attached-files.module.css'
import { AttachmentPicture } from './attachment-picture.tsx'
import { isHeldUp } from './attachment-stage.ts'
import type { HeldAttachment } from './attachments.ts'
import { useAttachments } from './attachments-context.tsx'
import frame from './file-frame.module.css'
import { FileName } from './file-name.tsx'
import { StageActions } from './stage-actions.tsx'
import { StageLine } from './stage-line.tsx'
import { useRefused } from './use-course-attachments.ts'
import { useStage } from './use-stage.ts'

const PICTURE = 40

interface AttachedFilesProps {
  attached: readonly HeldAttachment[]
  /** The button that had the focus is gone. */
  onLostFocus: () => void
}

/** What goes out with what is written, and what was chosen and cannot. */
export function AttachedFiles({ attached, onLostFocus }: AttachedFilesProps) {
  const { t } = useTranslation('chat')
  const refused = useRefused()
  if (attached.length + refused.length === 0) return null
  return (
    <ul className={styles['list']} aria-label={t('attach.list')}>
      {attached.map((one) => (
        <Attached key={one.id} one={one} onLostFocus={onLostFocus} />
      ))}
      {refused.map((file) => (
        <Refused key={file.id} file={file} onLostFocus={onLostFocus} />
      ))}
    </ul>
  )
}

function Attached({ one, onLostFocus }: { one: HeldAttachment; onLostFocus: () => void }) {
  const attachments = useAttachments()
  const { stage, upload } = useStage(one)
  const hasFailed = isHeldUp(stage)
  const remove = (): void => {
    attachments.remove(one.id)
    onLostFocus()
  }
  return (
    <li className={clsx(frame['frame'], styles['chip'], hasFailed && frame['failed'])}>
      <AttachmentPicture one={one} size={PICTURE} />
      <div className={frame['about']}>
        <FileName name={one.name} className={frame['name']} />
        <StageLine name={one.name} size={one.size} stage={stage} />
        <StageActions id={one.id} stage={stage} upload={upload} />
      </div>
      <Remove name={one.name} onClick={remove} />
    </li>
  )
}

function Refused({ file, onLostFocus }: { file: RefusedFile; onLostFocus: () => void }) {
  const attachments = useAttachments()
  const refusalText = useRefusalText()
  const remove = (): void => {
    attachments.refused.dismiss(file.id)
    onLostFocus()
  }
  return (
    <li className={clsx(frame['frame'], styles['chip'], frame['failed'])}>
      <FileIcon category={categoryOf(file.name)} size={PICTURE} />
      <div className={frame['about']}>
        <FileName name={file.name} className={frame['name']} />
        <div className={styles['refusal']} role="alert">
          {refusalText(file.refusal)}
        </div>
      </div>
      <Remove name={file.name} onClick={remove} />
    </li>
  )
}

function Remove({ name, onClick }: { name: string; onClick: () => void }) {
  const { t } = useTranslation('chat')
  const label = t('attach.remove', { name })
  return (
    <button type="button" className={styles['remove']} aria-label={label} title={label} onClick={onClick}>
      <X size={16} aria-hidden="true" />
    </button>
  )
}
