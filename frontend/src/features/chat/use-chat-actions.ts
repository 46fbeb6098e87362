import type { CourseRoom } from '@lectern/client'
import type { MessageRecord, ReplyTo } from '@lectern/protocol'
import { type RefObject, useMemo } from 'react'
import { useErrorText } from '../../lectern/error-text.ts'
import { toastFailed } from '../../ui/toast.tsx'
import type { ChatActions } from './chat-context.ts'
import type { ComposerHandle } from './composer/composer.tsx'
import type { MessageListHandle } from './timeline/message-list.tsx'
import type { UiState } from './use-ui-state.ts'

interface ActionsOptions extends Omit<UiState, 'ui'> {
  readonly room: CourseRoom
  readonly list: RefObject<MessageListHandle | null>
  readonly composer: RefObject<ComposerHandle | null>
  readonly deleteWithUndo: (message: MessageRecord) => void
}

const asOriginal = ({ id, user_id, user_name, message, message_type, deleted_at }: MessageRecord): ReplyTo => ({
  id,
  user_id,
  user_name,
  message,
  message_type,
  deleted_at,
})

/** What rows, panels and menus ask of the page; stays the same object. */
export function useChatActions(options: ActionsOptions): ChatActions {
  const { room, list, composer, deleteWithUndo, setPanel, setEditing, setReplyTarget } = options
  const errorText = useErrorText()
  return useMemo(
    () => ({
      replyTo: (message) => {
        setEditing(undefined)
        setReplyTarget(asOriginal(message))
        composer.current?.focus()
      },
      cancelReply: () => setReplyTarget(undefined),
      startEdit: (message) => {
        list.current?.reveal(message.seq)
        setEditing(message.id)
      },
      stopEdit: () => {
        setEditing(undefined)
        composer.current?.focus()
      },
      jumpTo: (seq, { highlight = false } = {}) => list.current?.jump(seq, highlight),
      jumpToMessage: async (messageId) => {
        try {
          const { seq } = await room.locate(messageId)
          list.current?.jump(seq, true)
        } catch (error) {
          toastFailed(errorText(error))
        }
      },
      togglePanel: (kind) => setPanel((panel) => (panel === kind ? undefined : kind)),
      closePanel: () => setPanel(() => undefined),
      deleteWithUndo,
      mention: (person) => composer.current?.mention(person),
    }),
    [room, list, composer, deleteWithUndo, setPanel, setEditing, setReplyTarget, errorText],
  )
}
