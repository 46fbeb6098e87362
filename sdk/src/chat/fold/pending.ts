import type { OutboxEntry } from '../../outbox/outbox-entry.ts'
import type { FoldedRoom } from '../folded-room.ts'

/**
 * The outbox's entries of this course. One that has left it without having failed was sent, by this tab or another:
 * it is shown until its message is there, so that neither both are seen nor none.
 */
export function foldOutbox(state: FoldedRoom, entries: readonly OutboxEntry[]): FoldedRoom {
  if (isSame(state.outgoing, entries)) return state
  const present = new Set(entries.map((entry) => entry.clientId))
  const sent = state.outgoing.filter((entry) => !present.has(entry.clientId) && entry.state.kind !== 'failed')
  const handedOver = [...state.handedOver, ...sent].filter((entry) => !present.has(entry.clientId))
  return withPending({ ...state, outgoing: entries, handedOver })
}

/** The person took it back, or its message has not come for so long that it was taken back elsewhere. */
export function foldDiscarded(state: FoldedRoom, clientIds: ReadonlySet<string>): FoldedRoom {
  const rest = (entry: OutboxEntry): boolean => !clientIds.has(entry.clientId)
  return withPending({ ...state, outgoing: state.outgoing.filter(rest), handedOver: state.handedOver.filter(rest) })
}

/** Lets go of what is in the timeline by now. */
export function withoutStored(state: FoldedRoom): FoldedRoom {
  const isStored = ({ clientId }: OutboxEntry): boolean => state.timeline.sentAs(clientId) !== undefined
  return state.pending.some(isStored) ? withPending(state) : state
}

function withPending(state: FoldedRoom): FoldedRoom {
  const isMissing = ({ clientId }: OutboxEntry): boolean => state.timeline.sentAs(clientId) === undefined
  const handedOver = state.handedOver.filter(isMissing)
  return { ...state, handedOver, pending: [...handedOver, ...state.outgoing.filter(isMissing)] }
}

const isSame = (some: readonly OutboxEntry[], others: readonly OutboxEntry[]): boolean =>
  some.length === others.length && some.every((entry, index) => entry === others[index])
