import type { OutgoingMessage } from '@lectern/client'
import type { ReplyTo } from '@lectern/protocol'
import { type KeyboardEvent, type Ref, type RefObject, Suspense, useImperativeHandle, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { clsx } from '../../../ui/class-names.ts'
import { AttachedFiles } from '../attachments/attached-on-demand.ts'
import type { HeldAttachment } from '../attachments/attachments.ts'
import { useAttachmentsOnDemand } from '../attachments/attachments-context.tsx'
import { useAttach } from '../attachments/use-attach.ts'
import { useCourseAttachments, useRefused } from '../attachments/use-course-attachments.ts'
import { useOnceAttached } from '../attachments/use-once-attached.ts'
import { useChat, useChatUi } from '../chat-context.ts'
import type { Mentionable } from '../mentions/mention-ranges.ts'
import { insertAtCaret } from '../mentions/replace-range.ts'
import { type Mentions, useMentions } from '../mentions/use-mentions.tsx'
import styles from './composer.module.css'
import { ComposerTools, LEFT_ID } from './composer-tools.tsx'
import { lastOwnMessage } from './last-own-message.ts'
import { type Fit, fitOf, outgoingText } from './outgoing-text.ts'
import { ReplyBar } from './reply-bar.tsx'
import { sendsOnKey } from './sends-on-key.ts'
import { isTouch } from './touch.ts'
import { useAutosize } from './use-autosize.ts'
import { useComposing } from './use-composing.ts'
import { useDraft } from './use-draft.ts'

export interface ComposerHandle {
  focus(): void
  mention(person: Mentionable): void
}

interface ComposerProps {
  handle: Ref<ComposerHandle>
  courseTitle: string
  /** Something was sent. */
  onSent: () => void
}

export function Composer({ handle, courseTitle, onSent }: ComposerProps) {
  const { actions } = useChat()
  const { replyTarget } = useChatUi()
  const { t } = useTranslation('chat')
  const field = useRef<HTMLTextAreaElement>(null)
  const { text, fit, attached, change, isAnnouncement, setAnnouncement, mentions, send } = useWriting(field, onSent)
  const { attach, onPaste } = useAttach()
  const hasRefused = useRefused().length > 0
  const { onKeyDown, handlers } = useKeys({ text, mentions, send })
  useAutosize(field, text)
  useImperativeHandle(handle, () => ({ focus: () => field.current?.focus(), mention: mentions.insert }))
  const label = t(isAnnouncement ? 'composer.announcementTo' : 'composer.messageTo', { course: courseTitle })
  return (
    <form
      className={clsx(styles['composer'], isAnnouncement && styles['announcing'])}
      onSubmit={(event) => {
        event.preventDefault()
        send()
      }}
    >
      {replyTarget !== undefined && <ReplyBar target={replyTarget} onCancel={actions.cancelReply} />}
      {(attached.length > 0 || hasRefused) && (
        <Suspense>
          <AttachedFiles attached={attached} onLostFocus={() => field.current?.focus()} />
        </Suspense>
      )}
      <textarea
        ref={field}
        className={styles['field']}
        rows={1}
        dir="auto"
        value={text}
        placeholder={label}
        aria-label={label}
        aria-describedby={fit.left === undefined ? undefined : LEFT_ID}
        aria-invalid={fit.left !== undefined && fit.left < 0}
        enterKeyHint={isTouch() ? 'enter' : 'send'}
        onChange={(event) => change(event.currentTarget.value)}
        onKeyDown={onKeyDown}
        onPaste={onPaste}
        {...handlers}
        {...mentions.fieldProps}
      />
      {mentions.popup}
      <ComposerTools
        fit={fit}
        isAnnouncement={isAnnouncement}
        onAnnouncement={setAnnouncement}
        onInsert={(inserted) => field.current !== null && insertAtCaret(field.current, inserted)}
        onFiles={(files) => {
          attach(files)
          field.current?.focus()
        }}
      />
    </form>
  )
}

interface Writing {
  readonly text: string
  readonly fit: Fit
  /** What goes out with the text. */
  readonly attached: readonly HeldAttachment[]
  readonly change: (text: string) => void
  readonly isAnnouncement: boolean
  readonly setAnnouncement: (on: boolean) => void
  readonly mentions: Mentions
  readonly send: () => void
}

/** What is written, and sending it. */
function useWriting(field: RefObject<HTMLTextAreaElement | null>, onSent: () => void): Writing {
  const { courseId, room, me, isStaff, actions } = useChat()
  const { replyTarget } = useChatUi()
  const { text, setText, chosen } = useDraft()
  const [isAnnouncement, setAnnouncement] = useState(false)
  const mentions = useMentions(field, chosen, { courseId, meId: me.id, isStaff })
  const { attachments } = useAttachmentsOnDemand()
  const { attached } = useCourseAttachments()
  const fit = fitOf(text, attached.length > 0)
  const change = (next: string) => {
    setText(next)
    if (next.trim() === '') room.stopTyping()
    else room.typing()
  }
  const send = () => {
    if (!fit.canSend) return
    const message = outgoingText(text)
    const said = { message, mentions: mentions.idsIn(message), replyTo: replyTarget }
    // An announcement bears no file: what is attached to it follows it.
    const isSaidFirst = attached.length === 0 || (isAnnouncement && message !== '')
    if (isSaidFirst) room.send(outgoing(said, isAnnouncement))
    attachments?.submit(courseId, isSaidFirst ? NOTHING_SAID : said)
    attachments?.refused.clear()
    room.stopTyping()
    setText('')
    setAnnouncement(false)
    mentions.clear()
    actions.cancelReply()
    field.current?.focus()
    onSent()
  }
  return { text, fit, attached, change, isAnnouncement, setAnnouncement, mentions, send: useOnceAttached(send) }
}

type Said = Pick<OutgoingMessage, 'message'> & {
  readonly mentions: readonly string[]
  readonly replyTo: ReplyTo | undefined
}

const NOTHING_SAID: Said = { message: '', mentions: [], replyTo: undefined }

const outgoing = ({ replyTo, ...said }: Said, isAnnouncement: boolean): OutgoingMessage => ({
  ...said,
  ...(isAnnouncement ? { messageType: 'announcement' } : {}),
  ...(replyTo === undefined ? {} : { replyTo }),
})

/** What the keys do: of the mentions' list first, then the composer's own. */
function useKeys({ text, mentions, send }: Pick<Writing, 'text' | 'mentions' | 'send'>) {
  const { room, me, actions } = useChat()
  const { replyTarget } = useChatUi()
  const { composing, handlers } = useComposing()
  const onKeyDown = (event: KeyboardEvent<HTMLTextAreaElement>) => {
    if (mentions.onKeyDown(event)) return
    const own = event.key === 'ArrowUp' && text === '' ? lastOwnMessage(room.getSnapshot().timeline, me.id) : undefined
    if (sendsOnKey(event.nativeEvent, composing.current, isTouch())) send()
    else if (event.key === 'Escape' && replyTarget !== undefined) actions.cancelReply()
    else if (own !== undefined) actions.startEdit(own)
    else return
    event.preventDefault()
  }
  return { onKeyDown, handlers }
}
