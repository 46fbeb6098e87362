import type { MessageRecord } from '@lectern/protocol'
import { Megaphone, Pin } from 'lucide-react'
import { memo, type PointerEvent, type ReactNode } from 'react'
import { Avatar } from '../../../ui/avatar.tsx'
import { clsx } from '../../../ui/class-names.ts'
import { clockTime, fullTime } from '../../../ui/time.ts'
import unseen from '../../../ui/visually-hidden.module.css'
import { Reactions } from '../emoji/reactions.tsx'
import role from '../role.module.css'
import { MessageActions, MessageEditor } from '../tools-on-demand.ts'
import { MessageBody } from './message-body.tsx'
import styles from './message-row.module.css'
import { ReplyPreview } from './reply-preview.tsx'
import type { RowLook } from './row-look.ts'

interface MessageRowProps {
  message: MessageRecord
  look: RowLook
  isGrouped: boolean
  isEdited: boolean
  isFlashing: boolean
  /** The toolbar is drawn for one row at a time. */
  hasTools: boolean
  /** Reached by the arrow keys. */
  isActive: boolean
  onToolsOpen: (open: boolean) => void
}

const EVERYBODY = 'all'

const names = (message: MessageRecord, meId: string): boolean =>
  message.mentions.some(({ user_id }) => user_id === meId || user_id === EVERYBODY)

export const MessageRow = memo(function MessageRow(props: MessageRowProps) {
  const { message, look, isGrouped, isEdited, hasTools } = props
  const isDeleted = message.deleted_at !== null
  return (
    <article
      className={clsx(
        styles['row'],
        isGrouped && styles['grouped'],
        message.message_type === 'announcement' && !isDeleted && styles['announcement'],
        names(message, look.meId) && styles['mentioned'],
        message.pinned_at !== null && styles['pinned'],
        hasTools && styles['tooled'],
        props.isFlashing && styles['flash'],
      )}
      // The length of the log changes with every message; to say it would redraw all of them.
      aria-setsize={-1}
      aria-posinset={message.seq}
      aria-labelledby={`m${message.seq}-by m${message.seq}-at`}
      aria-describedby={`m${message.seq}-text`}
      data-seq={message.seq}
      tabIndex={props.isActive ? -1 : undefined}
      onAnimationEnd={props.isFlashing ? look.onFlashEnd : undefined}
    >
      <Gutter message={message} look={look} isGrouped={isGrouped} />
      <div className={styles['main']}>
        <Marks message={message} look={look} />
        {message.reply_to !== null && !isDeleted && <ReplyPreview original={message.reply_to} look={look} />}
        <Head message={message} look={look} isGrouped={isGrouped} />
        <div id={`m${message.seq}-text`}>
          {isEdited ? <MessageEditor message={message} /> : <MessageBody message={message} look={look} />}
        </div>
        {message.reactions.length > 0 && <Reactions message={message} />}
      </div>
      {hasTools && !isEdited && !isDeleted && (
        <div className={styles['tools']} data-tools="">
          <MessageActions message={message} onOpenChange={props.onToolsOpen} />
        </div>
      )}
    </article>
  )
})

interface PartProps {
  message: MessageRecord
  look: RowLook
}

/** Only where it is asked for: to write out a date takes longer than all else in a row. */
const titleWithDate = ({ currentTarget }: PointerEvent<HTMLTimeElement>, language: string): void => {
  currentTarget.title = fullTime(currentTarget.dateTime, language)
}

function Gutter({ message, look, isGrouped }: PartProps & { isGrouped: boolean }) {
  if (!isGrouped)
    return <Avatar id={message.user_id ?? ''} name={message.user_name} size={36} className={styles['face'] ?? ''} />
  return (
    <time
      className={styles['hoverTime']}
      aria-hidden="true"
      dateTime={message.created_at}
      onPointerEnter={(event) => titleWithDate(event, look.language)}
    >
      {clockTime(message.created_at, look.language)}
    </time>
  )
}

function Head({ message, look, isGrouped }: PartProps & { isGrouped: boolean }) {
  const { t, language } = look
  return (
    <header className={isGrouped ? unseen['hidden'] : styles['head']}>
      <bdi id={`m${message.seq}-by`} className={styles['name']}>
        {message.user_name}
      </bdi>
      {message.user_role !== 'student' && message.user_role !== 'system' && (
        <span className={role['role']}>{t(`message.roles.${message.user_role}`)}</span>
      )}
      <time
        id={`m${message.seq}-at`}
        className={styles['time']}
        dateTime={message.created_at}
        onPointerEnter={(event) => titleWithDate(event, language)}
      >
        {clockTime(message.created_at, language)}
      </time>
    </header>
  )
}

/** What is said about a message, above it. */
function Marks({ message, look: { t } }: PartProps) {
  const isAnnouncement = message.message_type === 'announcement' && message.deleted_at === null
  if (!isAnnouncement && message.pinned_at === null) return null
  return (
    <div className={styles['marks']}>
      {isAnnouncement && <Mark icon={<Megaphone size={13} />}>{t('message.announcement')}</Mark>}
      {message.pinned_at !== null && <Mark icon={<Pin size={13} />}>{t('message.pinned')}</Mark>}
    </div>
  )
}

function Mark({ icon, children }: { icon: ReactNode; children: ReactNode }) {
  return (
    <span className={styles['mark']}>
      <span aria-hidden="true">{icon}</span>
      {children}
    </span>
  )
}
