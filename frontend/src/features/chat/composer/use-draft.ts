import { type RefObject, useEffect, useRef, useState } from 'react'
import { useChat, useChatUi } from '../chat-context.ts'
import type { Mentionable } from '../mentions/mention-ranges.ts'
import { readDraft, writeDraft } from './draft.ts'

interface KeptDraft {
  readonly text: string
  readonly setText: (text: string) => void
  /** Whom the text is to mention: of two of one name, a name alone does not tell. */
  readonly chosen: RefObject<readonly Mentionable[]>
}

/** What is written, kept through leaving and reloading. */
export function useDraft(): KeptDraft {
  const { courseId, me } = useChat()
  const { replyTarget } = useChatUi()
  const [stored] = useState(() => readDraft(me.id, courseId))
  const [text, setText] = useState(stored.text)
  const chosen = useRef(stored.chosen)
  useEffect(
    () => writeDraft(me.id, courseId, { text, replyTo: replyTarget, chosen: chosen.current }),
    [me.id, courseId, text, replyTarget],
  )
  return { text, setText, chosen }
}
