import { memo, Suspense } from 'react'
import { Avatar } from '../../../ui/avatar.tsx'
import { clsx } from '../../../ui/class-names.ts'
import { clockTime } from '../../../ui/time.ts'
import type { HeldAttachment } from '../attachments/attachments.ts'
import { UploadLine } from '../attachments/upload-line.tsx'
import { MessageText } from '../text/message-text.tsx'
import body from './message-body.module.css'
import row from './message-row.module.css'
import styles from './pending-row.module.css'
import { ReplyPreview } from './reply-preview.tsx'
import type { RowLook } from './row-look.ts'

interface WaitingRowProps {
  one: HeldAttachment
  look: RowLook
  meName: string
  isGrouped: boolean
}

/** A message of one's own that goes out as soon as its file is uploaded. */
export const WaitingRow = memo(function WaitingRow({ one, look, meName, isGrouped }: WaitingRowProps) {
  const { caption } = one
  if (caption === undefined) return null
  return (
    <article className={clsx(row['row'], isGrouped && row['grouped'])} aria-label={meName}>
      {isGrouped ? <span /> : <Avatar id={look.meId} name={meName} size={36} className={row['face'] ?? ''} />}
      <div className={row['main']}>
        {caption.replyTo !== undefined && <ReplyPreview original={caption.replyTo} look={look} />}
        {!isGrouped && (
          <header className={row['head']}>
            <bdi className={row['name']}>{meName}</bdi>
            <time className={row['time']} dateTime={caption.sentAt}>
              {clockTime(caption.sentAt, look.language)}
            </time>
          </header>
        )}
        {caption.text !== '' && (
          <p dir="auto" className={clsx(body['text'], styles['pending'])}>
            <MessageText text={caption.text} mentions={[]} meId={look.meId} />
          </p>
        )}
        <Suspense>
          <UploadLine one={one} />
        </Suspense>
      </div>
    </article>
  )
})
