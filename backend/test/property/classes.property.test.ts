import { SESSION_ROUTES } from '@lectern/protocol'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { ManualTime } from '../classes/manual-time.ts'
import { TestClass } from '../classes/test-class.ts'
import { startTestServer, type TestServer } from '../harness/start-test-server.ts'
import { FoldingParticipant } from './folding-participant.ts'
import { propertyRuns } from './property-runs.ts'

const NAMES = ['teacher', 'assistant', 'an', 'binh', 'chi', 'dung', 'giang', 'hoa', 'khoa', 'lan']
const RUNS = propertyRuns({ onSqlite: 25, onPostgres: 5 })
const SEED = Number(process.env['LECTERN_PROPERTY_SEED'] ?? 20_261_129)
/** Ends a run that hangs; it says nothing of speed. */
const DEADLINE_MS = RUNS * 20_000

/** `pick` chooses among the people, so that a script means something whatever came before. */
type Action =
  | { kind: 'join'; page: number; audio: boolean; video: boolean }
  | { kind: 'leave' | 'drop' | 'raise' }
  | { kind: 'replace'; page: number }
  | { kind: 'audio' | 'video' | 'screen'; on: boolean }
  | { kind: 'lower' | 'mute' | 'remove'; pick: number }

const page = fc.nat(2)
const pick = fc.nat(NAMES.length - 1)
const action: fc.Arbitrary<Action> = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.record({ kind: fc.constant('join' as const), page, audio: fc.boolean(), video: fc.boolean() }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('leave' as const) }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constantFrom('drop' as const, 'raise' as const) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('replace' as const), page }) },
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constantFrom('audio' as const, 'video' as const, 'screen' as const),
      on: fc.boolean(),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({ kind: fc.constantFrom('lower' as const, 'mute' as const, 'remove' as const), pick }),
  },
)
const scripts = fc.array(fc.array(action, { minLength: 2, maxLength: 8 }), {
  minLength: NAMES.length,
  maxLength: NAMES.length,
})

let server: TestServer
/** The most people that were inside at a comparison: a property of empty classes would say nothing. */
let most = 0
const time = new ManualTime()
beforeAll(async () => {
  server = await startTestServer({ env: { LIMIT_EVENTS_PER_SEC: '0', LIMIT_SOCKETS: '0' }, time })
})
afterAll(() => server[Symbol.asyncDispose]())

/** One person with one page after the other. */
class Person {
  readonly #live: TestClass
  readonly #name: string
  folding: FoldingParticipant | undefined

  constructor(live: TestClass, name: string) {
    this.#live = live
    this.#name = name
  }

  get userId(): string {
    return this.#live.id(this.#name)
  }

  async play(script: readonly Action[]): Promise<void> {
    for (const each of script) await this.#act(each)
  }

  async #act(each: Action): Promise<void> {
    const { folding } = this
    if (each.kind === 'join') return (await this.#here()).join(joiningBy(each))
    if (each.kind === 'replace') return (await this.#anew()).join(joiningBy(each))
    if (folding === undefined) return
    if (each.kind === 'drop') return this.#drop(folding)
    return act(folding, each, (name) => this.#live.id(name))
  }

  async #drop({ client }: FoldingParticipant): Promise<void> {
    this.folding = undefined
    if (client.socket.connected) await client.drop()
  }

  async #here(): Promise<FoldingParticipant> {
    return this.folding?.client.socket.connected === true ? this.folding : this.#anew()
  }

  async #anew(): Promise<FoldingParticipant> {
    const client = await this.#live.connect(this.#name)
    this.folding = new FoldingParticipant(client, this.#live.sessionId, this.userId)
    return this.folding
  }
}

const joiningBy = ({ page: number, ...flags }: { page: number; kind: string; audio?: boolean; video?: boolean }) => ({
  instanceId: `page ${number}`,
  audio: flags.audio ?? false,
  video: flags.video ?? false,
})

async function act(person: FoldingParticipant, each: Action, idOf: (name: string) => string): Promise<void> {
  switch (each.kind) {
    case 'leave':
      return person.leave()
    case 'raise':
      return person.raise()
    case 'audio':
    case 'video':
      return person.toggle(each.kind, each.on)
    case 'screen':
      return person.share(each.on)
    case 'lower':
    case 'mute':
    case 'remove':
      return person[each.kind](idOf(NAMES[each.pick] ?? ''))
    default:
      return undefined
  }
}

const ROUNDS = 50

/** When all that was sent has arrived, and all graces are over: nobody is inside whose page is gone. */
async function rest(live: TestClass, people: readonly Person[]): Promise<void> {
  for (let round = 0; round < ROUNDS; round++) {
    for (const { folding } of people) if (folding?.client.socket.connected) await folding.client.settled()
    const gone = new Set(people.flatMap(({ folding, userId }) => (folding?.list === undefined ? [userId] : [])))
    const inside = await live.participants()
    if (!inside.some((userId) => gone.has(userId))) return
    time.advance(10_000)
  }
}

async function compare(live: TestClass, people: readonly Person[]): Promise<void> {
  const api = await live.api('teacher')
  const query = { limit: 100 }
  const stored = await api.call(SESSION_ROUTES.listParticipants, { params: live.target, query })
  const inside = people.flatMap(({ folding }) => (folding?.list === undefined ? [] : [folding]))
  most = Math.max(most, inside.length)
  expect(inside.map(({ userId }) => userId).sort()).toEqual(stored.map(({ userId }) => userId).sort())
  for (const { userId, list } of inside) expect(list, userId).toEqual(stored)
}

it(
  'RTC13 RTC17 RTC18 RTC25 RTC27 RTC34: whatever people do, drop and come back to, and across a restart, every client’s list is the server’s at rest',
  async () => {
    await fc.assert(
      fc.asyncProperty(scripts, scripts, fc.boolean(), async (before, after, restarts) => {
        const live = await TestClass.plan(server, { lobby: false })
        const people = NAMES.map((name) => new Person(live, name))
        await Promise.all(people.map((person, index) => person.play(before[index] ?? [])))
        await rest(live, people)
        await compare(live, people)
        if (restarts) {
          const gone = people.flatMap(({ folding }) => (folding === undefined ? [] : [folding.client.disconnected()]))
          await server.restart()
          await Promise.all(gone)
        }
        await Promise.all(people.map((person, index) => person.play(after[index] ?? [])))
        await rest(live, people)
        await compare(live, people)
        for (const { folding } of people) folding?.client.socket.disconnect()
      }),
      { numRuns: RUNS, seed: SEED, endOnFailure: true },
    )
    expect(most).toBeGreaterThan(3)
  },
  DEADLINE_MS,
)
