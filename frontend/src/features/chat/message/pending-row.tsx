import type { OutboxEntry } from '@lectern/client'
import { CircleAlert, Clock, RotateCw, Trash2 } from 'lucide-react'
import { memo } from 'react'
import { useTranslation } from 'react-i18next'
import { Avatar } from '../../../ui/avatar.tsx'
import { clsx } from '../../../ui/class-names.ts'
import { clockTime } from '../../../ui/time.ts'
import unseen from '../../../ui/visually-hidden.module.css'
import { isEmojiOnly } from '../text/emoji-only.ts'
import { MessageText } from '../text/message-text.tsx'
import { FileOfMessage } from './file-of-message.tsx'
import body from './message-body.module.css'
import row from './message-row.module.css'
import styles from './pending-row.module.css'
import { ReplyPreview } from './reply-preview.tsx'
import type { RowLook } from './row-look.ts'

interface PendingRowProps {
  entry: OutboxEntry
  look: RowLook
  meName: string
  isGrouped: boolean
  onRetry: (clientId: string) => void
  onDiscard: (clientId: string) => void
}

/** A message of one's own that the server has not acked. */
export const PendingRow = memo(function PendingRow(props: PendingRowProps) {
  const { entry, look, meName, isGrouped } = props
  const { message, messageType, replyTo, file } = entry.content
  const isFailed = entry.state.kind === 'failed'
  return (
    <article
      className={clsx(
        row['row'],
        isGrouped && row['grouped'],
        messageType === 'announcement' && row['announcement'],
        isFailed ? styles['failed'] : styles['pending'],
      )}
      aria-label={meName}
    >
      {isGrouped ? (
        <span className={styles['gutter']}>{!isFailed && <Sending entry={entry} look={look} isShort />}</span>
      ) : (
        <Avatar id={look.meId} name={meName} size={36} className={row['face'] ?? ''} />
      )}
      <div className={row['main']}>
        {replyTo !== undefined && <ReplyPreview original={replyTo} look={look} />}
        {!isGrouped && (
          <header className={row['head']}>
            <bdi className={row['name']}>{meName}</bdi>
            <time className={row['time']} dateTime={entry.createdAt}>
              {clockTime(entry.createdAt, look.language)}
            </time>
            {!isFailed && <Sending entry={entry} look={look} />}
          </header>
        )}
        {message !== '' && (
          <p dir="auto" className={clsx(body['text'], isEmojiOnly(message) && body['emoji'])}>
            <MessageText text={message} mentions={[]} meId={look.meId} />
          </p>
        )}
        {file !== undefined && <FileOfMessage file={file} look={look} />}
        {isFailed && <Failure {...props} />}
      </div>
    </article>
  )
})

interface SendingProps extends Pick<PendingRowProps, 'entry' | 'look'> {
  /** A sign alone, where there is no room for words. */
  isShort?: boolean
}

/** Stands where it takes no room of its own: a message moves nothing when it has been stored. */
function Sending({ entry, look: { t }, isShort = false }: SendingProps) {
  const text = t(entry.state.kind === 'sending' ? 'message.sending' : 'message.waiting')
  return (
    <span className={styles['state']} title={text}>
      <Clock size={12} aria-hidden="true" />
      <span className={isShort ? unseen['hidden'] : undefined}>{text}</span>
    </span>
  )
}

function Failure({ entry, look: { t }, onRetry, onDiscard }: PendingRowProps) {
  const { t: common } = useTranslation('common')
  if (entry.state.kind !== 'failed') return null
  const { clientId, state } = entry
  return (
    <div className={styles['failure']} role="alert">
      <CircleAlert size={14} aria-hidden="true" />
      <span className={styles['reason']}>
        {t('message.notSent')} {common(`errors.${state.code}`)}
      </span>
      <button type="button" className={styles['button']} onClick={() => onRetry(clientId)}>
        <RotateCw size={13} aria-hidden="true" />
        {t('message.retry')}
      </button>
      <button type="button" className={styles['button']} onClick={() => onDiscard(clientId)}>
        <Trash2 size={13} aria-hidden="true" />
        {t('message.discard')}
      </button>
    </div>
  )
}
