import type { ReplyTo } from '@lectern/protocol'
import { useState } from 'react'
import type { ChatUi, PanelKind } from './chat-context.ts'
import { readDraft } from './composer/draft.ts'

export interface UiState {
  readonly ui: Omit<ChatUi, 'hidden'>
  readonly setPanel: (change: (panel: PanelKind | undefined) => PanelKind | undefined) => void
  readonly setEditing: (messageId: string | undefined) => void
  readonly setReplyTarget: (target: ReplyTo | undefined) => void
}

/** What the page remembers; a reply comes back with its draft. */
export function useUiState(userId: string, courseId: string): UiState {
  const [panel, setPanel] = useState<PanelKind>()
  const [editing, setEditing] = useState<string>()
  const [replyTarget, setReplyTarget] = useState(() => readDraft(userId, courseId).replyTo)
  return { ui: { panel, editing, replyTarget }, setPanel, setEditing, setReplyTarget }
}
