import type { DeletedMessage, MessageRecord, MessagesMeta, ReplyTo } from '@lectern/protocol'
import type { Deletion, FoldedRoom } from '../folded-room.ts'
import type { TimelineDraft } from '../paged-timeline.ts'
import { coveredUpTo, type Reach, reached } from '../reach.ts'
import { withoutStored } from './pending.ts'
import { withoutTypists } from './typing.ts'
import { countedOn, type Replacement } from './unread.ts'

/** Messages as they are now, whatever brought them, in any order; what is newer is kept. Says nothing about other revs. */
export function foldMessages(state: FoldedRoom, messages: readonly MessageRecord[], lastSeq = 0): FoldedRoom {
  const draft = state.timeline.draft()
  draft.growTo(lastSeq)
  const replaced = messages.flatMap((message) => take(draft, state, message) ?? [])
  const timeline = draft.done()
  if (timeline === state.timeline) return state
  const unseenDeletions = withoutSeen(state.unseenDeletions, replaced)
  const next = countedOn(state, { ...state, timeline, unseenDeletions }, replaced)
  const arrived = replaced.filter(({ after }) => after.seq > state.timeline.lastSeq).map(({ after }) => after.user_id)
  return withoutStored(withoutTypists(next, arrived))
}

/** A deletion. Where the message is not loaded it stays so. */
export function foldDeletion(state: FoldedRoom, deletion: Deletion): FoldedRoom {
  const known = state.timeline.at(deletion.seq)
  if (known !== undefined) return isOlder(known, deletion) ? foldMessages(state, [blanked(known, deletion)]) : state
  const draft = state.timeline.draft()
  draft.growTo(deletion.seq)
  for (const reply of draft.repliesTo(deletion.id)) {
    if (reply.reply_to !== null) draft.put({ ...reply, reply_to: blankedCopy(reply.reply_to, deletion.deleted_at) })
  }
  const isRead = deletion.seq <= (state.lastReadSeq ?? 0)
  return {
    ...state,
    timeline: draft.done(),
    unseenDeletions: new Map(state.unseenDeletions).set(deletion.id, deletion),
    countTrust: isRead ? state.countTrust : 'unknown',
  }
}

/** The ack of a deletion, which does not say when it was: `at` stands in until the broadcast comes, which mostly has come before. */
export function foldOwnDeletion(state: FoldedRoom, { id, seq, rev }: DeletedMessage, at: string): FoldedRoom {
  const known = state.timeline.at(seq) ?? state.unseenDeletions.get(id)
  return known !== undefined && known.rev >= rev ? state : foldDeletion(state, { id, seq, rev, deleted_at: at })
}

/** A change that the connection brought, and with it how far the room has come. */
export const foldChange = (state: FoldedRoom, message: MessageRecord): FoldedRoom =>
  withReach(foldMessages(state, [message]), reached(state.reach, message.rev))

export const foldDeletionChange = (state: FoldedRoom, deletion: Deletion): FoldedRoom =>
  withReach(foldDeletion(state, deletion), reached(state.reach, deletion.rev))

/** A page of messages by `seq`. */
export const foldPage = (state: FoldedRoom, messages: readonly MessageRecord[], meta: MessagesMeta): FoldedRoom =>
  foldMessages(state, messages, meta.last_seq)

/** A page of what changed since a rev that the room had reached. */
export function foldChanges(
  state: FoldedRoom,
  changes: readonly MessageRecord[],
  { last_seq, last_rev, more }: Pick<MessagesMeta, 'last_seq' | 'last_rev' | 'more'>,
): FoldedRoom {
  const last = changes.at(-1)?.rev ?? 0
  const upTo = more === true ? last : Math.max(last, last_rev)
  return withReach(foldMessages(state, changes, last_seq), coveredUpTo(state.reach, upTo))
}

export const withReach = (state: FoldedRoom, reach: Reach): FoldedRoom =>
  reach === state.reach ? state : { ...state, reach, lastRev: reach.upTo }

function take(draft: TimelineDraft, state: FoldedRoom, message: MessageRecord): Replacement | undefined {
  const before = draft.at(message.seq)
  const current = settled(message, state.unseenDeletions.get(message.id))
  if (before !== undefined && !isOlder(before, current)) return undefined
  const after = withOriginal(current, draft, state.unseenDeletions)
  draft.put(after)
  for (const reply of draft.repliesTo(after.id)) {
    const next = withCopy(reply, copyOf(after))
    if (next !== reply) draft.put(next)
  }
  return { before, after }
}

/** When a message was deleted, the ack of the deletion does not say; whatever else tells of the same rev does. */
const isOlder = (known: MessageRecord, next: Pick<MessageRecord, 'rev' | 'deleted_at'>): boolean =>
  known.rev < next.rev || (known.rev === next.rev && known.deleted_at !== next.deleted_at && next.deleted_at !== null)

function settled(message: MessageRecord, deletion: Deletion | undefined): MessageRecord {
  if (deletion !== undefined && deletion.rev >= message.rev) return blanked(message, deletion)
  return message.deleted_at === null ? message : blanked(message, { ...message, deleted_at: message.deleted_at })
}

/** What was changed before it was deleted may never have been heard of: nothing of it stays. */
const blanked = (message: MessageRecord, { rev, deleted_at }: Pick<Deletion, 'rev' | 'deleted_at'>): MessageRecord => ({
  ...message,
  rev,
  deleted_at,
  message: '',
  file: null,
  reactions: [],
  pinned_at: null,
  edited_at: null,
})

const blankedCopy = (copy: ReplyTo, deletedAt: string): ReplyTo => ({ ...copy, message: '', deleted_at: deletedAt })

const copyOf = ({ id, user_id, user_name, message, message_type, deleted_at }: MessageRecord): ReplyTo => ({
  id,
  user_id,
  user_name,
  message,
  message_type,
  deleted_at,
})

/** A deletion in the reply's own copy is newer than an original that knows nothing of it. */
function withCopy(reply: MessageRecord, copy: ReplyTo): MessageRecord {
  const had = reply.reply_to
  if (had === null) return reply
  if (had.deleted_at === null || copy.deleted_at !== null) {
    const isSame = had.message === copy.message && had.deleted_at === copy.deleted_at
    return isSame ? reply : { ...reply, reply_to: copy }
  }
  return reply
}

function withOriginal(
  message: MessageRecord,
  draft: TimelineDraft,
  unseenDeletions: ReadonlyMap<string, Deletion>,
): MessageRecord {
  if (message.reply_to_id === null || message.reply_to === null) return message
  const original = draft.find(message.reply_to_id)
  if (original !== undefined) return withCopy(message, copyOf(original))
  const deletion = unseenDeletions.get(message.reply_to_id)
  if (deletion === undefined) return message
  return { ...message, reply_to: blankedCopy(message.reply_to, deletion.deleted_at) }
}

function withoutSeen(
  deletions: ReadonlyMap<string, Deletion>,
  replaced: readonly Replacement[],
): ReadonlyMap<string, Deletion> {
  const seen = replaced.filter(({ after }) => deletions.has(after.id))
  if (seen.length === 0) return deletions
  const rest = new Map(deletions)
  for (const { after } of seen) rest.delete(after.id)
  return rest
}
