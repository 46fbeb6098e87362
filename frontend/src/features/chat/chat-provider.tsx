import { createContext, type ReactNode, type RefObject, use, useCallback, useMemo, useRef } from 'react'
import { useMe } from '../../lectern/client-context.tsx'
import { useRoom, useRoomPart } from '../../lectern/room-context.tsx'
import { useDeletions } from './actions/use-deletions.tsx'
import { ChatContext, ChatUiContext } from './chat-context.ts'
import type { ComposerHandle } from './composer/composer.tsx'
import { isTouch } from './composer/touch.ts'
import type { MessageListHandle } from './timeline/message-list.tsx'
import { useChatActions } from './use-chat-actions.ts'
import { useUiState } from './use-ui-state.ts'

/** The two parts of the page that others act upon. */
interface ChatParts {
  readonly list: RefObject<MessageListHandle | null>
  readonly composer: RefObject<ComposerHandle | null>
}

const PartsContext = createContext<ChatParts | undefined>(undefined)

export function useChatParts(): ChatParts {
  const parts = use(PartsContext)
  if (parts === undefined) throw new Error('used outside of the chat page')
  return parts
}

/** What everything in the chat page shares. */
export function ChatProvider({ courseId, children }: { courseId: string; children: ReactNode }) {
  const me = useMe()
  const room = useRoom()
  const isStaff = useRoomPart(({ role }) => role !== undefined && role !== 'student')
  const list = useRef<MessageListHandle>(null)
  const composer = useRef<ComposerHandle>(null)
  const toComposer = useCallback(() => {
    if (!isTouch()) composer.current?.focus()
  }, [])
  const { ui, ...setters } = useUiState(me.id, courseId)
  const { hidden, deleteWithUndo } = useDeletions(room, toComposer)
  const actions = useChatActions({ room, list, composer, deleteWithUndo, ...setters })
  const chat = useMemo(() => ({ courseId, room, me, isStaff, actions }), [courseId, room, me, isStaff, actions])
  const { panel, editing, replyTarget } = ui
  const shown = useMemo(() => ({ panel, editing, replyTarget, hidden }), [panel, editing, replyTarget, hidden])
  const parts = useMemo(() => ({ list, composer }), [])
  return (
    <ChatContext value={chat}>
      <ChatUiContext value={shown}>
        <PartsContext value={parts}>{children}</PartsContext>
      </ChatUiContext>
    </ChatContext>
  )
}
