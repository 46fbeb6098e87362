import type { MessageRecord } from '@lectern/protocol'
import { type KeyboardEvent, type RefObject, useState } from 'react'
import { flushSync } from 'react-dom'
import { allowedActions } from '../actions/permissions.ts'
import { useChat } from '../chat-context.ts'
import type { VirtualListHandle } from './virtual-list.tsx'
import type { View } from './virtual-scroller.ts'

interface ListKeysOptions {
  list: RefObject<VirtualListHandle | null>
  view: RefObject<View | undefined>
  onLeave: () => void
}

interface ListKeys {
  /** The message that the arrow keys reached. */
  readonly active: number | undefined
  readonly onKeyDown: (event: KeyboardEvent) => void
  readonly clear: () => void
}

const STEPS: Partial<Record<string, number>> = { ArrowUp: -1, ArrowDown: 1, k: -1, j: 1 }
const isPlain = (event: KeyboardEvent): boolean => !(event.ctrlKey || event.metaKey || event.altKey)

/** The list by keyboard: arrows move between messages; Enter, R, E and Delete act on the one reached. */
export function useListKeys({ list, view, onLeave }: ListKeysOptions): ListKeys {
  const { room, me, isStaff, actions } = useChat()
  const [active, setActive] = useState<number>()

  const go = (seq: number) => {
    const { lastSeq } = room.getSnapshot().timeline
    if (seq > lastSeq) return onLeave()
    const index = Math.max(1, seq) - 1
    // The row must be there to take the focus.
    flushSync(() => {
      setActive(index + 1)
      list.current?.reveal(index)
    })
    rowOf(list.current, index)?.focus({ preventScroll: true })
  }

  const act = (key: string, message: MessageRecord): boolean => {
    const may = allowedActions(message, { userId: me.id, isStaff })
    if (key === 'Enter') focusTools(rowOf(list.current, message.seq - 1))
    else if (key === 'r' && may.includes('reply')) actions.replyTo(message)
    else if (key === 'e' && may.includes('edit')) actions.startEdit(message)
    else if (key === 'Delete' && may.includes('delete')) actions.deleteWithUndo(message)
    else return false
    return true
  }

  const onKeyDown = (event: KeyboardEvent) => {
    const isOnRow = event.target instanceof HTMLElement && event.target.dataset['seq'] !== undefined
    const isOnList = event.target === event.currentTarget
    if (!(isOnRow || isOnList) || !isPlain(event)) return
    const { lastSeq } = room.getSnapshot().timeline
    const step = STEPS[event.key]
    const message = active === undefined ? undefined : room.getSnapshot().timeline.at(active)
    if (step !== undefined) go(active === undefined ? lastInView(view.current, lastSeq) : active + step)
    else if (event.key === 'Home') go(1)
    else if (event.key === 'End') go(lastSeq)
    else if (event.key === 'Escape') onLeave()
    else if (message === undefined || !act(event.key, message)) return
    event.preventDefault()
  }

  return { active, onKeyDown, clear: () => setActive(undefined) }
}

/** At the end it is the newest, which may have come since the list last told what is in view. */
const lastInView = (view: View | undefined, lastSeq: number): number =>
  view === undefined || view.atEnd ? lastSeq : view.last + 1

const rowOf = (list: VirtualListHandle | null, index: number): HTMLElement | null =>
  list?.rowElement(index)?.querySelector<HTMLElement>('article') ?? null

/** Their script may be on its way: then as soon as they are there, should the row have the focus still. */
function focusTools(row: HTMLElement | null): void {
  const focus = (): boolean => {
    const tool = row?.querySelector<HTMLElement>('[data-tools] button')
    tool?.focus()
    return tool !== null && tool !== undefined
  }
  if (row === null || focus()) return
  const drawn = new MutationObserver(() => focus() && drawn.disconnect())
  drawn.observe(row, { childList: true, subtree: true })
  row.addEventListener('blur', () => drawn.disconnect(), { once: true })
}
