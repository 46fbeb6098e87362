import { setTimeout as after } from 'node:timers/promises'
import type { Benchmark } from '../rig/benchmark.ts'
import { type ChatServer, startLectern } from '../rig/chat-servers.ts'
import { closeAll, enterAll, type Place, placesIn } from '../rig/members.ts'
import { RawClient } from '../rig/raw-client.ts'
import { percentile } from '../rig/rounds.ts'
import { delayOf, sendSteadily } from '../rig/steady-sending.ts'

const COURSES = 20
const PER_SECOND = 50
/** The SDK's first try comes after as long, anywhere in between (`reconnect-delay.ts`). */
const COMES_BACK_MS = { least: 500, most: 5_000 }

interface Joined {
  readonly data: {
    readonly lastRev: number
    readonly changes: readonly { readonly rev: number }[]
    readonly onlineUsers: unknown
  }
}

/** Somebody whose connection is cut and who comes back, as the SDK does: with what they had, asking for what came since. */
class Returner {
  readonly #server: ChatServer
  readonly #place: Place
  readonly #seen = new Set<number>()
  #client: RawClient | undefined
  #offset: string | undefined
  #first = 0
  twice = 0
  presenceBytes = 0

  constructor(server: ChatServer, place: Place) {
    this.#server = server
    this.#place = place
  }

  async enter(): Promise<void> {
    const { lastRev } = await this.#join({})
    this.#first = lastRev + 1
  }

  cut(): void {
    this.#client?.cut()
  }

  /** Resolves when they are in sync again. */
  async comeBack(): Promise<void> {
    await after(COMES_BACK_MS.least + Math.random() * (COMES_BACK_MS.most - COMES_BACK_MS.least))
    const sinceRev = Math.max(this.#first - 1, ...this.#seen)
    const { changes, onlineUsers } = await this.#join({ pid: this.#client?.pid, offset: this.#offset }, sinceRev)
    for (const { rev } of changes) this.#seen.add(rev)
    this.presenceBytes = JSON.stringify(onlineUsers).length
  }

  /** @returns how many of the course's changes since they first entered they never had */
  missing(lastRev: number): number {
    let missing = 0
    for (let rev = this.#first; rev <= lastRev; rev++) if (!this.#seen.has(rev)) missing++
    return missing
  }

  async close(): Promise<void> {
    this.presenceBytes += this.#client?.otherBytes ?? 0
    await this.#client?.close()
  }

  async #join(auth: object, sinceRev?: number): Promise<Joined['data']> {
    const { userId, courseId } = this.#place
    this.#client = await RawClient.open({
      url: this.#server.url,
      auth: { ...this.#server.auth(userId, [courseId]), ...auth },
      sampleEvery: 1,
      sampled: (message, offset) => this.#heard(message, offset),
    })
    const answer = await this.#client.call('chat:join_room', {
      courseId,
      ...(sinceRev === undefined ? {} : { sinceRev }),
    })
    return (answer as Joined).data
  }

  #heard(message: unknown, offset: unknown): void {
    const rev = Number(typeof message === 'object' && message !== null && 'rev' in message && message.rev)
    if (this.#seen.has(rev)) this.twice++
    this.#seen.add(rev)
    this.#offset = String(offset)
  }
}

async function inGroups<Item>(
  items: readonly Item[],
  size: number,
  work: (item: Item) => Promise<unknown>,
): Promise<void> {
  for (let begun = 0; begun < items.length; begun += size) await Promise.all(items.slice(begun, begun + size).map(work))
}

export const storm: Benchmark = {
  name: 'storm',
  about: `2,000 people of ${COURSES} courses are cut off at once and come back as the SDK does, while ${PER_SECOND} messages a second go on.`,
  async run({ quick }) {
    const people = quick ? 100 : 2_000
    await using server = await startLectern()
    const courseIds = Array.from({ length: COURSES }, (_, course) => `storm-${course}`)
    const delays: number[] = []
    const stayers = await enterAll(
      server,
      courseIds.map((courseId) => ({ courseId, userId: `stays-in-${courseId}` })),
      () => ({ sampleEvery: 1, sampled: (message) => delays.push(delayOf(message)) }),
    )
    const returners = placesIn(courseIds, people / COURSES).map((place) => ({
      place,
      person: new Returner(server, place),
    }))
    await inGroups(returners, 50, ({ person }) => person.enter())
    const stop = sendSteadily(
      stayers.map((client, course) => ({ client, courseId: courseIds[course] ?? '' })),
      PER_SECOND,
    )
    await after(1_000)
    delays.length = 0
    const cutAt = performance.now()
    for (const { person } of returners) person.cut()
    await Promise.all(returners.map(({ person }) => person.comeBack()))
    const seconds = (performance.now() - cutAt) / 1_000
    const meanwhile = percentile(delays, 0.99)
    await after(500)
    const sent = await stop()
    // All that was acked has been handed out; a client has it within a moment.
    await after(500)
    const missing = returners.reduce((sum, { place, person }) => sum + person.missing(sent.get(place.courseId) ?? 0), 0)
    const twice = returners.reduce((sum, { person }) => sum + person.twice, 0)
    await inGroups(returners, people, ({ person }) => person.close())
    await closeAll(stayers)
    for (const courseId of courseIds) await server.verify(courseId, sent.get(courseId) ?? 0)
    const presence = percentile(
      returners.map(({ person }) => person.presenceBytes),
      0.99,
    )
    const s = (what: string, ours: number, unit: string, atMost: number) => ({
      what,
      ours,
      unit,
      value: ours,
      target: { atMost },
    })
    return [
      s(`${people} people: until the last is in sync`, seconds, 's', 10),
      s('p99 of delivery to those who stayed', meanwhile, 'ms', 500),
      s('messages that somebody never had', missing, '', 0),
      s('messages that somebody was sent twice', twice, '', 0),
      s('p99 of presence for each who came back', presence / 1_024, 'KB', 10),
    ]
  },
}
