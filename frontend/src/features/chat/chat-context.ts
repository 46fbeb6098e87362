import type { CourseRoom } from '@lectern/client'
import type { MessageRecord, ReplyTo, UserRecord } from '@lectern/protocol'
import { createContext, use } from 'react'

export type PanelKind = 'search' | 'pins' | 'people'

export interface ChatActions {
  /** Sets the composer's reply target and focuses it. */
  replyTo(message: MessageRecord): void
  cancelReply(): void
  startEdit(message: MessageRecord): void
  /** Ends the editing of whatever is edited; the focus goes back to the composer. */
  stopEdit(): void
  /** Brings the place into view, loaded or not; `highlight` flashes it. */
  jumpTo(seq: number, options?: { readonly highlight?: boolean }): void
  /** Finds the place of a message first; says so when there is none. */
  jumpToMessage(messageId: string): Promise<void>
  /** The panel that is open already closes. */
  togglePanel(kind: PanelKind): void
  closePanel(): void
  /** Hides it at once, and deletes it unless that is undone in time. */
  deleteWithUndo(message: MessageRecord): void
  /** Puts `@name ` at the composer's caret, and the person into the mentions. */
  mention(person: { readonly userId: string; readonly userName: string }): void
}

/** What a row may read: it changes only with the course, the caller or their role. */
export interface Chat {
  readonly courseId: string
  readonly room: CourseRoom
  readonly me: UserRecord
  readonly isStaff: boolean
  readonly actions: ChatActions
}

/** What the page itself remembers; changes now and then, by the person's own doing. */
export interface ChatUi {
  readonly panel: PanelKind | undefined
  /** Id of the message that is edited in place. */
  readonly editing: string | undefined
  readonly replyTarget: ReplyTo | undefined
  /** Ids of messages that are being deleted, and may still come back. */
  readonly hidden: ReadonlySet<string>
}

export const ChatContext = createContext<Chat | undefined>(undefined)
export const ChatUiContext = createContext<ChatUi | undefined>(undefined)

const provided = <Value>(value: Value | undefined): Value => {
  if (value === undefined) throw new Error('used outside of the chat page')
  return value
}

export const useChat = (): Chat => provided(use(ChatContext))
export const useChatUi = (): ChatUi => provided(use(ChatUiContext))
