import type { OutboxEntry, OutboxState } from './outbox-entry.ts'

export type Entries = readonly OutboxEntry[]

/** The same as `next`, with as many objects of `last` as still say the truth: who draws them need not draw them again. */
export function reconcile(last: Entries, next: Entries): Entries {
  const known = new Map(last.map((entry) => [entry.clientId, entry]))
  const merged = next.map((entry) => {
    const before = known.get(entry.clientId)
    return before !== undefined && isSame(before, entry) ? before : entry
  })
  return merged.length === last.length && merged.every((entry, place) => entry === last[place]) ? last : merged
}

/** What a message says never changes. */
const isSame = (one: OutboxEntry, other: OutboxEntry): boolean =>
  one.userId === other.userId && isSameState(one.state, other.state)

function isSameState(one: OutboxState, other: OutboxState): boolean {
  if (one.kind !== 'failed' || other.kind !== 'failed') return one.kind === other.kind
  return one.code === other.code && one.message === other.message
}
