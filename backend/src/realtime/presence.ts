import type { EffectiveRole } from '../access/actor.ts'
import type { Clock } from '../shared/clock.ts'

export interface Visitor {
  readonly userId: string
  readonly userName: string
  readonly role: EffectiveRole
}

export interface PresentPerson extends Visitor {
  /** Epoch milliseconds. */
  readonly since: number
}

export interface PresenceEvents {
  joined(person: PresentPerson): void
  left(person: PresentPerson): void
  /** In place of the two above while there are more than `batchFrom` people: the difference of a second. */
  changed(difference: { joined: readonly PresentPerson[]; left: readonly string[]; count: number }): void
  /** Nobody is left, nor waited for. */
  emptied(): void
}

export interface PresenceOptions {
  readonly clock: Clock
  /** How long one that dropped is taken for present, in ms. */
  readonly graceMs: number
  readonly batchFrom: number
}

interface Entry {
  person: PresentPerson
  readonly connections: Set<string>
  graceTimer: NodeJS.Timeout | undefined
}

const BATCH_MS = 1_000

/** Who is in one room: a person with connections, present until the last has left, or the grace after its drop is over. */
export class Presence {
  readonly #options: PresenceOptions
  readonly #events: PresenceEvents
  readonly #entries = new Map<string, Entry>()
  readonly #joined = new Map<string, PresentPerson>()
  readonly #left = new Set<string>()
  #batchTimer: NodeJS.Timeout | undefined

  constructor(options: PresenceOptions, events: PresenceEvents) {
    this.#options = options
    this.#events = events
  }

  get count(): number {
    return this.#entries.size
  }

  arrive(connectionId: string, visitor: Visitor): void {
    const entry = this.#entries.get(visitor.userId)
    if (entry !== undefined) {
      this.#stopGrace(entry)
      entry.connections.add(connectionId)
      entry.person = { ...visitor, since: entry.person.since }
      return
    }
    const person = { ...visitor, since: this.#options.clock.now() }
    this.#entries.set(visitor.userId, { person, connections: new Set([connectionId]), graceTimer: undefined })
    this.#tellJoined(person)
  }

  /** Who was here before a restart and is given the grace to come back; nobody is told. */
  expect(visitor: Visitor): void {
    if (this.#entries.has(visitor.userId)) return
    const person = { ...visitor, since: this.#options.clock.now() }
    const entry: Entry = { person, connections: new Set(), graceTimer: undefined }
    this.#entries.set(visitor.userId, entry)
    this.#startGrace(entry)
  }

  depart(connectionId: string, userId: string, dropped: boolean): void {
    const entry = this.#entries.get(userId)
    if (entry === undefined || !entry.connections.delete(connectionId) || entry.connections.size > 0) return
    if (dropped) this.#startGrace(entry)
    else this.#remove(entry)
  }

  /** All connections of a person at once: a removal. */
  evict(userId: string): void {
    const entry = this.#entries.get(userId)
    if (entry === undefined) return
    this.#stopGrace(entry)
    this.#remove(entry)
  }

  /** Staff first, then by arrival; at most `limit`. */
  list(limit = Number.POSITIVE_INFINITY): PresentPerson[] {
    const people = [...this.#entries.values()].map((entry) => entry.person)
    if (people.length <= limit) return people
    const staff = people.filter((person) => person.role !== 'student')
    const students = people.filter((person) => person.role === 'student')
    return [...staff, ...students].slice(0, limit)
  }

  close(): void {
    clearTimeout(this.#batchTimer)
    for (const entry of this.#entries.values()) this.#stopGrace(entry)
    this.#entries.clear()
  }

  #startGrace(entry: Entry): void {
    entry.graceTimer = setTimeout(() => this.#remove(entry), this.#options.graceMs)
  }

  #stopGrace(entry: Entry): void {
    clearTimeout(entry.graceTimer)
    entry.graceTimer = undefined
  }

  #remove(entry: Entry): void {
    const { person } = entry
    // The one who leaves is counted: whether a room is big is judged alike on the way in and on the way out.
    const big = this.#isBig
    this.#entries.delete(person.userId)
    // Of whom nobody has been told yet, nobody is told.
    if (!this.#joined.delete(person.userId)) {
      if (big) this.#left.add(person.userId)
      else this.#events.left(person)
    }
    if (big) this.#batch()
    if (this.#entries.size === 0) this.#events.emptied()
  }

  #tellJoined(person: PresentPerson): void {
    const big = this.#isBig
    if (!this.#left.delete(person.userId)) {
      if (big) this.#joined.set(person.userId, person)
      else this.#events.joined(person)
    }
    if (big) this.#batch()
  }

  get #isBig(): boolean {
    return this.#entries.size > this.#options.batchFrom
  }

  #batch(): void {
    this.#batchTimer ??= setTimeout(() => this.#flush(), BATCH_MS)
  }

  #flush(): void {
    this.#batchTimer = undefined
    const joined = [...this.#joined.values()]
    const left = [...this.#left]
    this.#joined.clear()
    this.#left.clear()
    if (joined.length + left.length > 0) this.#events.changed({ joined, left, count: this.count })
  }
}
