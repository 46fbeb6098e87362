import { type RefObject, useRef, useState } from 'react'
import { type MentionQuery, queryAt } from './mention-query.ts'

interface TypedQuery {
  /** The mention that is being typed; undefined: none, or not to be completed. */
  readonly query: MentionQuery | undefined
  /** The text or the caret has changed. */
  readonly follow: () => void
  readonly end: () => void
  /** Ends it until another `@` is typed. */
  readonly dismiss: () => void
}

/** @param isChosen a name that stands there already is not to be completed again */
export function useTypedQuery(
  field: RefObject<HTMLTextAreaElement | null>,
  isChosen: (name: string) => boolean,
): TypedQuery {
  const [query, setQuery] = useState<MentionQuery>()
  const dismissed = useRef<number>(undefined)
  const follow = (): void => {
    const { value, selectionEnd } = field.current ?? { value: '', selectionEnd: 0 }
    const found = queryAt(value, selectionEnd)
    if (found?.start !== dismissed.current) dismissed.current = undefined
    const isWanted = found !== undefined && found.start !== dismissed.current && !isChosen(found.text)
    setQuery((before) => {
      if (!isWanted) return undefined
      return before?.start === found.start && before.text === found.text ? before : found
    })
  }
  const dismiss = (): void => {
    dismissed.current = query?.start
    setQuery(undefined)
  }
  return { query, follow, end: () => setQuery(undefined), dismiss }
}
