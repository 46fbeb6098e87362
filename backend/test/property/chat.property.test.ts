import { type MessageRecord, messageRecord } from '@lectern/protocol'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { readLog } from '../chat/read-log.ts'
import { startTestServer, type TestServer } from '../harness/start-test-server.ts'
import { FoldingClient } from './folding-client.ts'
import { propertyRuns } from './property-runs.ts'

const PEOPLE = 20
const RUNS = propertyRuns({ onSqlite: 75, onPostgres: 15 })
const SEED = Number(process.env['LECTERN_PROPERTY_SEED'] ?? 20_261_122)
/** Ends a run that hangs; it says nothing of speed. */
const DEADLINE_MS = RUNS * 3_000
const EMOJI = ['👍', '❤️', '🎉']

/** `pick` chooses among the messages known at that moment, so that a script means something whatever came before. */
type Action =
  | { kind: 'send'; text: string; reply: number | null }
  | { kind: 'repeat' }
  | { kind: 'edit' | 'delete'; pick: number; text: string }
  | { kind: 'react' | 'unreact'; pick: number; emoji: string }
  | { kind: 'pin' | 'unpin'; pick: number }
  | { kind: 'drop'; rejoins: boolean }
  | { kind: 'rejoin' | 'leave' }

const pick = fc.nat(1_000)
const text = fc.constantFrom(
  'Chào cả lớp',
  'Bài tập tuần này',
  'See you at 9',
  'đã nộp ✅',
  '<b>&"\'',
  'dài '.repeat(20),
)
const action: fc.Arbitrary<Action> = fc.oneof(
  { weight: 8, arbitrary: fc.record({ kind: fc.constant('send' as const), text, reply: fc.option(pick) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('repeat' as const) }) },
  { weight: 4, arbitrary: fc.record({ kind: fc.constantFrom('edit' as const, 'delete' as const), pick, text }) },
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constantFrom('react' as const, 'unreact' as const),
      pick,
      emoji: fc.constantFrom(...EMOJI),
    }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constantFrom('pin' as const, 'unpin' as const), pick }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('drop' as const), rejoins: fc.boolean() }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constantFrom('rejoin' as const, 'leave' as const) }) },
)
const scripts = fc.array(fc.array(action, { minLength: 2, maxLength: 9 }), { minLength: PEOPLE, maxLength: PEOPLE })

const API_KEY = 'the-api-key-of-the-tests-is-long-enough'
const noLimits = {
  ADMIN_API_KEY: API_KEY,
  LIMIT_MESSAGES_PER_SEC: '0',
  LIMIT_EVENTS_PER_SEC: '0',
  LIMIT_TYPING_PER_10S: '0',
  PRESENCE_GRACE_MS: '50',
}

const userIds = Array.from({ length: PEOPLE }, (_, index) => `person-${index}`)

let server: TestServer
let people: FoldingClient[]
const tokens = new Map<string, string>()
let runs = 0

beforeAll(async () => {
  server = await startTestServer({ env: noLimits })
  const admin = await server.token({ sub: 'admin', role: 'admin' })
  tokens.set('admin', admin)
  people = []
  for (const userId of userIds) {
    const token = await server.token({ sub: userId })
    tokens.set(userId, token)
    people.push(new FoldingClient(server.url, userId, token))
  }
  await Promise.all(people.map((person) => person.connected()))
})

afterAll(async () => {
  for (const person of people) person.close()
  await server[Symbol.asyncDispose]()
})

it(
  `CH: whatever ${PEOPLE} people do at once, each one's folded state equals the server's (${RUNS} seeds)`,
  async () => {
    await fc.assert(
      fc.asyncProperty(scripts, async (all) => {
        const courseId = `course-${runs++}`
        await enterAll(courseId)
        const known: string[] = []
        await Promise.all(people.map((person, index) => play(person, all[index] ?? [], courseId, known)))
        await compare(courseId)
        await Promise.all(people.map((person) => person.leave()))
      }),
      { numRuns: RUNS, seed: SEED, endOnFailure: true },
    )
  },
  DEADLINE_MS,
)

async function enterAll(courseId: string): Promise<void> {
  const members = userIds.map((user_id, index) => ({ user_id, role: index === 0 ? 'teacher' : 'student' }))
  const answer = await (await server.api(API_KEY)).put(`/courses/${courseId}/members`, { members })
  expect(answer.status, answer.text).toBe(200)
  await Promise.all(
    people.map(async (person) => {
      person.enter(courseId)
      await person.join()
    }),
  )
}

async function play(
  person: FoldingClient,
  script: readonly Action[],
  courseId: string,
  known: string[],
): Promise<void> {
  let lastSent: object | undefined
  for (const [index, action] of script.entries()) {
    switch (action.kind) {
      case 'send': {
        const reply = action.reply === null ? undefined : chosen(known, action.reply)
        const clientId = `${runs}-${index}`
        lastSent = {
          course_id: courseId,
          message: action.text,
          client_id: clientId,
          ...(reply === undefined ? {} : { reply_to_id: reply }),
        }
        await person.emit('chat:send_message', lastSent, (data) => known.push(messageRecord.parse(data).id))
        break
      }
      case 'repeat':
        if (lastSent !== undefined) await person.emit('chat:send_message', lastSent)
        break
      case 'edit':
        await person.emit('chat:edit_message', {
          message_id: chosen(known, action.pick) ?? 'none',
          message: action.text,
        })
        break
      case 'delete':
        await person.emit('chat:delete_message', { message_id: chosen(known, action.pick) ?? 'none' })
        break
      case 'react':
      case 'unreact':
        await person.emit(`chat:${action.kind}`, {
          message_id: chosen(known, action.pick) ?? 'none',
          emoji: action.emoji,
        })
        break
      case 'pin':
      case 'unpin': {
        const api = await server.api(tokens.get('person-0') ?? '')
        const path = `/chat/messages/${chosen(known, action.pick) ?? 'none'}/pin`
        await api.request(action.kind === 'pin' ? 'PUT' : 'DELETE', path)
        break
      }
      case 'drop':
        await person.drop()
        if (action.rejoins) await person.join()
        break
      case 'rejoin':
        await person.join({ isIn: true })
        break
      case 'leave':
        await person.leave()
        await person.join()
        break
    }
  }
}

const chosen = (known: readonly string[], pick: number): string | undefined => known[pick % Math.max(1, known.length)]

async function compare(courseId: string): Promise<void> {
  const { messages, lastRev } = await readLog(await server.api(tokens.get('admin') ?? ''), courseId)
  expect(messages.map((message) => message.seq).toSorted((a, b) => a - b)).toEqual(
    messages.map((_, index) => index + 1),
  )
  const truth = new Map(messages.map((message) => [message.id, comparable(message)]))
  for (const person of people) {
    await person.until(lastRev)
    expect(person.breaches).toEqual([])
    const folded = new Map([...person.state.values()].map((message) => [message.id, comparable(message)]))
    expect(sorted(folded)).toEqual(sorted(truth))
  }
}

const sorted = (state: ReadonlyMap<string, unknown>) => [...state].sort(([a], [b]) => (a < b ? -1 : 1))

/** What a deleted message still is, and all of any other but what each reader sees differently. */
function comparable(message: Pick<MessageRecord, 'id' | 'seq' | 'rev' | 'deleted_at'> & Partial<MessageRecord>) {
  const { id, seq, rev, deleted_at } = message
  if (deleted_at !== null) return { id, seq, rev, deleted_at }
  // The original of a reply is as it was when the reply was read.
  const { client_id: _, reply_to: __, ...rest } = message
  return rest
}
