import type { MessageRecord } from '@lectern/protocol'

export const MESSAGE_ACTIONS = ['react', 'reply', 'copy', 'link', 'edit', 'pin', 'unpin', 'history', 'delete'] as const
export type MessageAction = (typeof MESSAGE_ACTIONS)[number]

export interface Viewer {
  readonly userId: string
  readonly isStaff: boolean
}

type Judged = Pick<MessageRecord, 'user_id' | 'message' | 'message_type' | 'deleted_at' | 'pinned_at'>

const RULES: Record<MessageAction, (message: Judged, viewer: Viewer) => boolean> = {
  react: () => true,
  reply: () => true,
  copy: (message) => message.message !== '',
  link: () => true,
  edit: (message, viewer) => message.user_id === viewer.userId,
  pin: (message, viewer) => viewer.isStaff && message.pinned_at === null,
  unpin: (message, viewer) => viewer.isStaff && message.pinned_at !== null,
  history: (_, viewer) => viewer.isStaff,
  delete: (message, viewer) => viewer.isStaff || message.user_id === viewer.userId,
}

/** What the viewer may do with a message, in the order of the menu; nothing with what is deleted or the server's own. */
export const allowedActions = (message: Judged, viewer: Viewer): MessageAction[] =>
  message.deleted_at !== null || message.message_type === 'system'
    ? []
    : MESSAGE_ACTIONS.filter((action) => RULES[action](message, viewer))
