import { LIMITS } from '@lectern/protocol'
import type { Clock } from '../shared/clock.ts'
import type { Offset } from './room-events.ts'

const PARKED_MS = LIMITS.parkedSeconds * 1_000
const CHECK_POINT_MS = 1_000

/** Up to which `rev` of a course everything has been sent. */
export interface RoomReach {
  readonly courseId: string
  readonly rev: number
}

/** The same of one connection, and where it was let in. */
export interface SeatReach extends RoomReach {
  readonly entered: number
}

/** What a client that comes back says of itself. */
export interface Previous {
  /** The id that it was given when it was here before. */
  readonly id: string
  /** The last change that it has handled; undefined when it has handled none. */
  readonly offset: Offset | undefined
}

export interface StoredSeat {
  readonly connectionId: string
  readonly courseId: string
  readonly userId: string
  readonly userName: string
  readonly enteredRev: number
  readonly reachedRev: number
  /** Null: the server ended without parking it. */
  readonly parkedAt: number | null
  /** What the course's room had been sent at the last check point before the server ended. */
  readonly sentRev: number | null
}

export interface SeatStore {
  take(connectionId: string, userId: string, reach: SeatReach): Promise<void>
  leave(connectionId: string, courseId: string): Promise<void>
  park(connectionId: string, userId: string, reaches: readonly SeatReach[], now: number): Promise<void>
  release(connectionIds: readonly string[]): Promise<void>
  checkPoint(reaches: readonly RoomReach[]): Promise<void>
  all(): Promise<StoredSeat[]>
}

interface Parked {
  readonly connectionId: string
  readonly userId: string
  readonly reaches: Map<string, SeatReach>
  readonly until: number
  /** Another connection of the person has taken it up; the one whose seat it was still finds it. */
  taken: boolean
}

export interface SeatsPorts {
  readonly clock: Clock
  readonly store: SeatStore
  /** The rooms' positions that have moved since the last call. */
  moved(): readonly RoomReach[]
  failed(error: unknown): void
}

/**
 * The rooms of connections that dropped, for two minutes. Kept in memory and written behind: a `kill -9` costs at most
 * the last second's positions, so that a change may be sent twice, but is never missed.
 */
export class Seats {
  readonly #ports: SeatsPorts
  readonly #parked = new Map<string, Parked[]>()
  readonly #timer: NodeJS.Timeout

  constructor(ports: SeatsPorts) {
    this.#ports = ports
    this.#timer = setInterval(() => this.#tick(), CHECK_POINT_MS).unref()
  }

  /**
   * Parks every seat that the server's last process left.
   * @returns who had a seat then: they are taken for present until the grace is over
   */
  async load(): Promise<StoredSeat[]> {
    const now = this.#ports.clock.now()
    const seats = (await this.#ports.store.all()).filter((seat) => (seat.parkedAt ?? now) + PARKED_MS > now)
    const connections = Map.groupBy(seats, (seat) => seat.connectionId)
    for (const [connectionId, [first, ...others]] of connections) {
      if (first === undefined) continue
      const reaches = [first, ...others].map(reachOf)
      this.#keep(connectionId, first.userId, reaches, (first.parkedAt ?? now) + PARKED_MS)
    }
    return seats
  }

  take(connectionId: string, userId: string, reach: SeatReach): void {
    this.#write(this.#ports.store.take(connectionId, userId, reach))
  }

  leave(connectionId: string, courseId: string): void {
    this.#write(this.#ports.store.leave(connectionId, courseId))
  }

  park(connectionId: string, userId: string, reaches: readonly SeatReach[]): void {
    if (reaches.length === 0) return
    const now = this.#ports.clock.now()
    this.#keep(connectionId, userId, reaches, now + PARKED_MS)
    this.#write(this.#ports.store.park(connectionId, userId, reaches, now))
  }

  /** Nobody comes back to these rooms. */
  release(connectionIds: readonly string[]): void {
    if (connectionIds.length > 0) this.#write(this.#ports.store.release(connectionIds))
  }

  /**
   * What a person's new connection takes up: the seats that this very client left, by the id it was given,
   * or else all that the person left and nobody has taken up. On disk they stay until they are released or have ended.
   */
  claim(userId: string, previous: Previous | undefined): RoomReach[] {
    const now = this.#ports.clock.now()
    const parked = (this.#parked.get(userId) ?? []).filter((seat) => seat.until > now)
    const own = parked.find((seat) => seat.connectionId === previous?.id)
    if (own !== undefined) {
      this.#replace(
        userId,
        parked.filter((seat) => seat !== own),
      )
      return [...own.reaches.values()].map((reach) => received(reach, previous?.offset))
    }
    const free = parked.filter((seat) => !seat.taken)
    for (const seat of free) seat.taken = true
    return toReaches(free)
  }

  /** Somebody was removed from a course: no seat leads back. */
  forget(userId: string, courseId: string): void {
    for (const seat of this.#parked.get(userId) ?? []) {
      if (seat.reaches.delete(courseId)) this.leave(seat.connectionId, courseId)
    }
  }

  async close(): Promise<void> {
    clearInterval(this.#timer)
    const moved = this.#ports.moved()
    if (moved.length > 0) await this.#ports.store.checkPoint(moved)
  }

  #keep(connectionId: string, userId: string, reaches: readonly SeatReach[], until: number): void {
    const others = this.#parked.get(userId) ?? []
    // A connection that was lost while it took its rooms up parks them one after the other.
    const before = others.find((seat) => seat.connectionId === connectionId)
    const byCourse = new Map(reaches.map((reach) => [reach.courseId, reach]))
    for (const [courseId, reach] of before?.reaches ?? []) byCourse.set(courseId, reach)
    this.#replace(userId, [
      ...others.filter((seat) => seat !== before),
      { connectionId, userId, reaches: byCourse, until, taken: false },
    ])
  }

  #replace(userId: string, parked: Parked[]): void {
    if (parked.length === 0) this.#parked.delete(userId)
    else this.#parked.set(userId, parked)
  }

  #tick(): void {
    const moved = this.#ports.moved()
    if (moved.length > 0) this.#write(this.#ports.store.checkPoint(moved))
    const now = this.#ports.clock.now()
    for (const [userId, parked] of this.#parked) {
      const over = parked.filter((seat) => seat.until <= now)
      if (over.length === 0) continue
      this.#replace(
        userId,
        parked.filter((seat) => seat.until > now),
      )
      this.release(over.map((seat) => seat.connectionId))
    }
  }

  #write(written: Promise<void>): void {
    written.catch((error: unknown) => this.#ports.failed(error))
  }
}

/** A seat that was not parked had been sent what its room had been sent. */
const reachOf = ({ courseId, enteredRev, reachedRev, parkedAt, sentRev }: StoredSeat): SeatReach => ({
  courseId,
  entered: enteredRev,
  rev: parkedAt === null ? Math.max(reachedRev, sentRev ?? 0) : reachedRev,
})

/**
 * What was sent may have been lost on its way. The client's own word is exact for the course that it names, and when it
 * has handled no change at all; of its other courses it says nothing.
 */
function received({ courseId, entered, rev }: SeatReach, offset: Offset | undefined): RoomReach {
  if (offset === undefined) return { courseId, rev: entered }
  return { courseId, rev: offset.courseId === courseId ? Math.max(entered, offset.rev) : rev }
}

/** Where two seats are in one room, what the one that had less has missed. */
function toReaches(parked: readonly Parked[]): RoomReach[] {
  const least = new Map<string, number>()
  for (const { courseId, rev } of parked.flatMap((seat) => [...seat.reaches.values()])) {
    least.set(courseId, Math.min(rev, least.get(courseId) ?? rev))
  }
  return [...least].map(([courseId, rev]) => ({ courseId, rev }))
}
