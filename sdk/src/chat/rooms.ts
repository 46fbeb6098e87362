import type { CourseRoom, CourseUnread } from '../client.types.ts'
import { LecternError } from '../errors.ts'
import type { Rooms, RoomsPorts } from '../ports.ts'
import type { Readable } from '../readable.ts'
import { LiveRoom } from './course-room.ts'
import { foldDisconnected } from './fold/joining.ts'
import { type FoldedRoom, newRoom } from './folded-room.ts'
import { askUntilAnswered } from './persistence.ts'
import { StrayRooms } from './stray-rooms.ts'
import { UnreadBook } from './unread.ts'

/** Rooms that were left and are kept as they were: who comes back sees them at once, while what is missing is fetched. */
const KEPT = 8

interface Held {
  readonly room: LiveRoom
  holders: number
}

export const createRooms = (ports: RoomsPorts): Rooms => new LiveRooms(ports)

class LiveRooms implements Rooms {
  readonly #ports: RoomsPorts
  readonly #ending = new AbortController()
  readonly #unread: UnreadBook
  readonly #strays: StrayRooms
  readonly #rooms = new Map<string, Held>()
  /** The last one left last. */
  readonly #left = new Map<string, FoldedRoom>()
  #userId: Promise<string> | undefined

  constructor(ports: RoomsPorts) {
    this.#ports = ports
    this.#unread = new UnreadBook(ports, this.#ending.signal)
    this.#strays = new StrayRooms(
      {
        transport: ports.transport,
        isHeld: (courseId) => this.#unread.follows(courseId),
        left: (courseId) => this.#unread.askFor(courseId),
      },
      this.#ending.signal,
    )
  }

  get unread(): Readable<ReadonlyMap<string, CourseUnread>> {
    return this.#unread
  }

  room(courseId: string): CourseRoom {
    const held = this.#rooms.get(courseId) ?? this.#open(courseId)
    held.holders++
    return held.room
  }

  leaveAlone(courseId: string): void {
    this.#strays.leaveAlone(courseId)
  }

  close(): void {
    for (const { room } of this.#rooms.values()) void room.end()
    this.#rooms.clear()
    this.#ending.abort(new LecternError('CLOSED', 'The client was closed.'))
  }

  #open(courseId: string): Held {
    const kept = this.#left.get(courseId)
    this.#left.delete(courseId)
    const room = new LiveRoom({
      ports: this.#ports,
      state: kept ?? newRoom(courseId),
      userId: this.#me(),
      disposed: () => this.#release(courseId, held),
    })
    const held: Held = { room, holders: 0 }
    this.#rooms.set(courseId, held)
    this.#unread.follow(room)
    return held
  }

  /** A view that is replaced by another of the same room gives it back a moment before the other takes it. */
  #release(courseId: string, held: Held): void {
    if (held.holders === 0) return
    held.holders--
    this.#ports.clock.after(0, () => {
      if (held.holders > 0 || this.#rooms.get(courseId) !== held) return
      this.#rooms.delete(courseId)
      void held.room.end().then((isTold) => {
        if (this.#rooms.has(courseId)) return
        this.#unread.unfollow(held.room)
        if (!isTold) this.#strays.leftUnsaid(courseId)
      })
      this.#keep(held.room.state)
    })
  }

  #keep(state: FoldedRoom): void {
    const { kind } = state.status
    if (kind !== 'live' && kind !== 'stale') return
    this.#left.set(state.courseId, { ...foldDisconnected(state), outgoing: [], handedOver: [], pending: [] })
    const [oldest] = this.#left.keys()
    if (this.#left.size > KEPT && oldest !== undefined) this.#left.delete(oldest)
  }

  /** Asked for once, and by the next room where it was refused. Without it a room counts nothing, and works. */
  #me(): Promise<string> {
    this.#userId ??= this.#ask().catch((error: unknown) => {
      this.#userId = undefined
      throw error
    })
    return this.#userId
  }

  async #ask(): Promise<string> {
    return (await askUntilAnswered(this.#ports, this.#ending.signal, this.#ports.me)).id
  }
}
