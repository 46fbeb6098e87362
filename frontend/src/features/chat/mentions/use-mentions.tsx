import { VisuallyHidden } from '@mantine/core'
import { type AriaAttributes, type KeyboardEvent, type ReactNode, type RefObject, useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { MentionList } from '../tools-on-demand.ts'
import type { MentionQuery } from './mention-query.ts'
import { type Mentionable, mentionedIds } from './mention-ranges.ts'
import { optionId } from './option-id.ts'
import { insertAtCaret, replaceRange } from './replace-range.ts'
import { useCandidates } from './use-candidates.ts'
import { useTypedQuery } from './use-typed-query.ts'

interface FieldProps extends AriaAttributes {
  readonly onInput: () => void
  readonly onSelect: () => void
  readonly onBlur: () => void
}

export interface Mentions {
  /** For the text field. */
  readonly fieldProps: FieldProps
  /** Call it first: what it takes is not the field's. @returns whether the key was for the list */
  onKeyDown(event: KeyboardEvent): boolean
  /** The list, to stand inside of what the field stands in, which is positioned. */
  readonly popup: ReactNode
  /** Puts `@name ` at the caret. */
  insert(person: Mentionable): void
  /** Whom the text mentions, to be sent with it. */
  idsIn(text: string): string[]
  /** The text was sent. */
  clear(): void
}

interface Asker {
  readonly courseId: string
  readonly meId: string
  readonly isStaff: boolean
}

const STEPS: Partial<Record<string, number>> = { ArrowDown: 1, ArrowUp: -1 }

/** An input method's Enter and arrows are its own (UI Events: 229 where `isComposing` comes too late, in Safari). */
const isForList = ({ nativeEvent, shiftKey, ctrlKey, altKey, metaKey }: KeyboardEvent): boolean =>
  !(nativeEvent.isComposing || nativeEvent.keyCode === 229 || shiftKey || ctrlKey || altKey || metaKey)

/** Completes `@name` in a text field. @param chosen who was, kept with the text that names them */
export function useMentions(
  field: RefObject<HTMLTextAreaElement | null>,
  chosen: RefObject<readonly Mentionable[]>,
  asker: Asker,
): Mentions {
  const typed = useTypedQuery(field, (name) => chosen.current.some((person) => person.userName === name))
  const { query, end } = typed
  const { people, candidates, isLoading } = useCandidates(asker, query?.text)

  const choose = (person: Mentionable): void => {
    if (field.current === null || query === undefined) return
    chosen.current = [...chosen.current, person]
    replaceRange(field.current, query.start, query.start + 1 + query.text.length, `@${person.userName} `)
    end()
  }
  const insert = (person: Mentionable): void => {
    if (field.current === null) return
    chosen.current = [...chosen.current, person]
    const before = field.current.value.slice(0, field.current.selectionStart)
    insertAtCaret(field.current, `${/\S$/u.test(before) ? ' ' : ''}@${person.userName} `)
  }
  const isWaiting = isLoading && people.length === 0
  const list = useList({ query, candidates, isWaiting, onChoose: choose, onDismiss: typed.dismiss })
  return {
    ...list,
    fieldProps: {
      ...list.fieldProps,
      onInput: typed.follow,
      // Moving the caret opens nothing; it ends what it leaves.
      onSelect: () => query !== undefined && typed.follow(),
      onBlur: end,
    },
    insert,
    idsIn: (text) => mentionedIds(text, chosen.current, people),
    clear: () => {
      chosen.current = []
      end()
    },
  }
}

interface ListOptions {
  readonly query: MentionQuery | undefined
  readonly candidates: readonly Mentionable[]
  /** Nobody is known yet. */
  readonly isWaiting: boolean
  readonly onChoose: (person: Mentionable) => void
  readonly onDismiss: () => void
}

function useList({ query, candidates, isWaiting, onChoose, onDismiss }: ListOptions) {
  const listId = useId()
  const [pointed, setPointed] = useState<{ query: MentionQuery; index: number }>()
  const isOpen = query !== undefined && (candidates.length > 0 || isWaiting)
  // Another query has other candidates: it begins at the first.
  const active = pointed !== undefined && pointed.query === query ? Math.min(pointed.index, candidates.length - 1) : 0
  const selected = isOpen ? candidates[active] : undefined
  const point = (index: number): void => query && setPointed({ query, index })

  const onKeyDown = (event: KeyboardEvent): boolean => {
    if (!isOpen || !isForList(event)) return false
    const step = STEPS[event.key]
    if (step !== undefined) point((active + step + candidates.length) % Math.max(1, candidates.length))
    else if (event.key === 'Escape') onDismiss()
    else if ((event.key === 'Enter' || event.key === 'Tab') && selected !== undefined) onChoose(selected)
    else return false
    event.preventDefault()
    return true
  }
  const popup = (
    <>
      <Announced count={isOpen ? candidates.length : 0} />
      {isOpen && (
        <MentionList
          id={listId}
          candidates={candidates}
          activeId={selected?.userId}
          isLoading={isWaiting}
          onHover={point}
          onChoose={onChoose}
        />
      )}
    </>
  )
  const fieldProps: AriaAttributes = {
    'aria-autocomplete': 'list',
    'aria-haspopup': 'listbox',
    ...(isOpen ? { 'aria-controls': listId } : {}),
    ...(selected === undefined ? {} : { 'aria-activedescendant': optionId(listId, selected.userId) }),
  }
  return { fieldProps, onKeyDown, popup }
}

function Announced({ count }: { readonly count: number }) {
  const { t } = useTranslation('chat')
  return <VisuallyHidden role="status">{count > 0 && t('mentions.found', { count })}</VisuallyHidden>
}
