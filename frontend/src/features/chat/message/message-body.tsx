import type { MessageRecord } from '@lectern/protocol'
import { type ReactNode, useState } from 'react'
import { clsx } from '../../../ui/class-names.ts'
import { fullTime } from '../../../ui/time.ts'
import { isEmojiOnly } from '../text/emoji-only.ts'
import { MessageText } from '../text/message-text.tsx'
import { FileOfMessage } from './file-of-message.tsx'
import { isLong } from './long-text.ts'
import styles from './message-body.module.css'
import type { RowLook } from './row-look.ts'

interface MessageBodyProps {
  message: MessageRecord
  look: RowLook
}

export function MessageBody({ message, look }: MessageBodyProps) {
  if (message.deleted_at !== null) return <p className={styles['deleted']}>{look.t('message.deleted')}</p>
  const { file } = message
  if (file === null) return <Said message={message} look={look} />
  return (
    <>
      {(message.message !== '' || message.edited_at !== null) && <Said message={message} look={look} />}
      <FileOfMessage file={file} look={look} onOpen={() => look.onPicture(message.seq)} />
    </>
  )
}

function Said({ message, look }: MessageBodyProps) {
  const text = (
    <p dir="auto" className={clsx(styles['text'], isEmojiOnly(message.message) && styles['emoji'])}>
      <MessageText text={message.message} mentions={message.mentions} meId={look.meId} />
      {message.edited_at !== null && (
        <span className={styles['edited']} title={fullTime(message.edited_at, look.language)}>
          {' '}
          {look.t('message.edited')}
        </span>
      )}
    </p>
  )
  if (!isLong(message.message)) return text
  return (
    <LongText id={message.id} look={look}>
      {text}
    </LongText>
  )
}

function LongText({ id, look, children }: { id: string; look: RowLook; children: ReactNode }) {
  const [isOpen, setOpen] = useState(look.expanded.has(id))
  const toggle = () => {
    if (isOpen) look.expanded.delete(id)
    else look.expanded.add(id)
    setOpen(!isOpen)
  }
  return (
    <>
      <div className={isOpen ? undefined : styles['folded']}>{children}</div>
      <button type="button" className={styles['more']} aria-expanded={isOpen} onClick={toggle}>
        {look.t(isOpen ? 'message.showLess' : 'message.showMore')}
      </button>
    </>
  )
}
