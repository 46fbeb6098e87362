import { clsx } from '../../../ui/class-names.ts'
import { AttachmentPicture } from './attachment-picture.tsx'
import { isHeldUp } from './attachment-stage.ts'
import type { HeldAttachment } from './attachments.ts'
import { useAttachments } from './attachments-context.tsx'
import frame from './file-frame.module.css'
import { FileName } from './file-name.tsx'
import { StageActions } from './stage-actions.tsx'
import { StageLine } from './stage-line.tsx'
import styles from './upload-line.module.css'
import { useStage } from './use-stage.ts'

/** The file of a message that waits for it, and what can be done about it. */
export function UploadLine({ one }: { one: HeldAttachment }) {
  const attachments = useAttachments()
  const { stage, upload } = useStage(one)
  const hasFailed = isHeldUp(stage)
  return (
    <div className={clsx(frame['frame'], styles['card'], hasFailed && frame['failed'])}>
      <AttachmentPicture one={one} size={44} />
      <div className={frame['about']}>
        <FileName name={one.name} className={frame['name']} />
        <StageLine name={one.name} size={one.size} stage={stage} />
        <StageActions
          id={one.id}
          stage={stage}
          upload={upload}
          {...(stage.kind === 'ready' ? {} : { onDiscard: () => attachments.remove(one.id) })}
        />
      </div>
    </div>
  )
}
