import type { MessageRecord } from '@lectern/protocol'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { asShown, type Change, CourseLog, EPOCH, ME } from '../../../test/course-log.ts'
import { fileRecord } from '../../../test/file-record.ts'
import { type FoldedRoom, newRoom } from '../folded-room.ts'
import { isBehind } from '../reach.ts'
import { foldJoined } from './joining.ts'
import { foldChange, foldChanges, foldDeletionChange, foldMessages, foldPage } from './messages.ts'
import { foldMark, foldUnread, foldUser } from './unread.ts'

const RUNS = Number(process.env['PROPERTY_RUNS'] ?? 100)

type Write =
  | { kind: 'send'; by: string; replyTo: number | null; mentions: string[]; hasFile: boolean }
  | { kind: 'system' }
  | { kind: Change; target: number }

const CHANGES: readonly Change[] = ['edit', 'react', 'pin', 'delete', 'rename_file', 'delete_file']

const writes: fc.Arbitrary<Write[]> = fc.array(
  fc.oneof(
    {
      weight: 5,
      arbitrary: fc.record({
        kind: fc.constant('send' as const),
        by: fc.constantFrom('ann', 'bao', ME),
        replyTo: fc.option(fc.nat(9)),
        mentions: fc.subarray([ME, 'all', 'ann']),
        hasFile: fc.boolean(),
      }),
    },
    { weight: 1, arbitrary: fc.record({ kind: fc.constant('system' as const) }) },
    {
      weight: 6,
      arbitrary: fc.record({ kind: fc.constantFrom(...CHANGES), target: fc.nat(9) }),
    },
  ),
  { minLength: 1, maxLength: 40, size: 'max' },
)

interface Delivery {
  readonly kind: 'event' | 'page' | 'changes' | 'join' | 'ack' | 'mark' | 'unread'
  /** Parts of the log, whose length is not known when they are drawn. */
  readonly from: number
  readonly to: number
  readonly asOf: number
  readonly limit: number
}

const part = fc.integer({ min: 0, max: 1_000 }).map((thousandths) => thousandths / 1_000)
const events = ['event', 'event', 'event', 'event', 'event', 'event'] as const
const deliveries: fc.Arbitrary<Delivery[]> = fc.array(
  fc.record({
    kind: fc.constantFrom(...events, 'page', 'page', 'changes', 'changes', 'join', 'ack', 'mark', 'unread'),
    from: part,
    to: part,
    asOf: part,
    limit: fc.integer({ min: 1, max: 30 }),
  }),
  { maxLength: 80, size: 'max' },
)

function write(log: CourseLog, written: readonly Write[]): void {
  log.send({ by: 'ann' })
  for (const one of written) {
    const chosen = (target: number) => `m${1 + (target % log.lastSeq)}`
    if (one.kind === 'system') log.send({ by: 'Lectern', isSystem: true })
    else if (one.kind !== 'send') log.change(chosen(one.target), one.kind)
    else {
      const replyTo = one.replyTo === null ? {} : { replyTo: chosen(one.replyTo) }
      log.send({ by: one.by, mentions: one.mentions, ...replyTo, ...(one.hasFile ? { file: fileRecord() } : {}) })
    }
  }
}

function event(state: FoldedRoom, message: MessageRecord): FoldedRoom {
  const { id, seq, rev, deleted_at } = message
  return deleted_at === null ? foldChange(state, message) : foldDeletionChange(state, { id, seq, rev, deleted_at })
}

/** `start`: the rev that the room was entered at: nothing that was read before is folded after. */
function deliver(log: CourseLog, start: number, state: FoldedRoom, delivery: Delivery): FoldedRoom {
  const { kind, from, to, asOf, limit } = delivery
  const between = (fraction: number) => start + Math.round(fraction * (log.lastRev - start))
  const rev = Math.min(log.lastRev, 1 + between(from))
  const seq = (fraction: number) => Math.round(fraction * log.lastSeq)
  // An answer may be older than what came meanwhile, but no older than what was asked from.
  const readAt = between(asOf)
  switch (kind) {
    case 'event':
      return rev <= start ? state : event(state, log.version(rev))
    case 'ack':
      return rev <= start ? state : foldMessages(state, [log.version(rev)])
    case 'page': {
      const { messages, meta } = log.page(seq(from), seq(to), readAt)
      return foldPage(state, messages.reverse(), meta)
    }
    case 'changes': {
      const since = Math.min(between(from), state.reach.upTo)
      const { messages, meta } = log.changesSince(since, limit, Math.max(since, readAt))
      return foldChanges(state, messages, meta)
    }
    case 'join': {
      const since = state.epoch === undefined ? undefined : state.reach.upTo
      return foldJoined(state, log.join(since, limit, Math.max(since ?? 0, readAt)))
    }
    case 'mark':
      return foldMark(state, Math.min(seq(to), state.timeline.lastSeq))
    case 'unread': {
      const isCurrent = !isBehind(state.reach) && loaded(state).every((message) => message.rev <= readAt)
      const answer = log.unread(state.lastReadSeq ?? 0, readAt)
      return foldUnread(state, answer, isCurrent && readAt === state.reach.upTo)
    }
  }
}

const loaded = ({ timeline }: FoldedRoom): MessageRecord[] =>
  Array.from({ length: timeline.lastSeq }, (_, index) => timeline.at(index + 1)).filter((one) => one !== undefined)

/** What each state must keep of the one before it, and of the log. */
function checkStep(log: CourseLog, before: FoldedRoom, after: FoldedRoom): void {
  expect(after.lastRev).toBe(after.reach.upTo)
  const newest = new Map(log.read().map((message) => [message.id, message]))
  // What a later change is to replace may be missing.
  const asReached = (id: string) => {
    const message = newest.get(id)
    return message !== undefined && message.rev <= after.reach.upTo ? message : undefined
  }
  for (const message of loaded(after)) {
    if (message.rev < (asReached(message.id)?.rev ?? 0)) throw new Error(`${message.id} is behind what was reached.`)
    if (before.timeline.at(message.seq) === message) continue
    expect(after.timeline.find(message.id)).toBe(message)
    const { reply_to: _, ...version } = asShown(log.version(message.rev))
    expect(message).toMatchObject(version)
    const original = asReached(message.reply_to_id ?? '')
    if (original !== undefined && original.deleted_at !== null) {
      expect(message.reply_to).toMatchObject({ message: '', deleted_at: original.deleted_at })
    }
  }
  if (before.generation !== after.generation) return
  expect(after.lastRev).toBeGreaterThanOrEqual(before.lastRev)
  for (const was of loaded(before)) {
    const is = after.timeline.at(was.seq)
    if (is === was) continue
    expect(is?.rev).toBeGreaterThanOrEqual(was.rev)
    if (was.reply_to !== null && was.reply_to.deleted_at !== null) expect(is?.reply_to).toEqual(was.reply_to)
  }
}

const entered = (log: CourseLog, asOf: number): FoldedRoom =>
  foldUnread(foldUser(foldJoined(newRoom('course'), log.join(undefined, 500, asOf)), ME), log.unread(0, asOf), true)

/** As a room does when all is quiet. */
function caughtUp(log: CourseLog, state: FoldedRoom): FoldedRoom {
  let current = foldJoined(state, log.join(state.reach.upTo, 7))
  while (isBehind(current.reach)) {
    const { messages, meta } = log.changesSince(current.reach.upTo, 7)
    current = foldChanges(current, messages, meta)
  }
  return current
}

it(`whatever comes in whatever order, again, late or in part: the room is as the log, and never goes back (${RUNS} runs)`, () => {
  fc.assert(
    fc.property(writes, deliveries, part, (written, delivered, enteredAt) => {
      const log = new CourseLog()
      write(log, written)
      const start = Math.floor(enteredAt * log.lastRev)
      let state = entered(log, start)
      for (const delivery of delivered) {
        const next = deliver(log, start, state, delivery)
        checkStep(log, state, next)
        state = next
      }
      state = caughtUp(log, state)
      const all = log.read().map(asShown)
      expect(state).toMatchObject({ epoch: EPOCH, lastRev: log.lastRev, status: { kind: 'live' } })
      expect(loaded(state)).toEqual(all.filter(({ seq }) => state.timeline.at(seq) !== undefined))
      const unread = log.unread(state.lastReadSeq ?? 0)
      const counts = { unread: unread.unread, mentions: unread.mentions }
      if (state.countTrust !== 'unknown') expect(state).toMatchObject(counts)
      const { messages, meta } = log.page(1, log.lastSeq)
      const whole = foldPage(state, messages, meta)
      expect(loaded(whole)).toEqual(all)
      expect(whole).toMatchObject({ countTrust: 'exact', ...counts })
      expect(whole.unseenDeletions.size).toBe(0)
    }),
    { numRuns: RUNS },
  )
})
