import type { UnreadRecord } from '@lectern/protocol'
import type { CourseUnread } from '../client.types.ts'
import { LecternError } from '../errors.ts'
import type { RoomsPorts } from '../ports.ts'
import type { Readable } from '../readable.ts'
import { Value } from '../value.ts'
import type { LiveRoom } from './course-room.ts'
import { askPersistently, askUntilAnswered, pause } from './persistence.ts'

const EVERY_MS = 1_000
/** A school whose network is back does not ask for everything in one moment. */
const RELOAD_SPREAD_MS = 3_000
/** All who are named hear of it in one moment: each asks how often at a moment of its own. */
const MENTIONS_FROM_MS = 3_000
const MENTIONS_SPREAD_MS = 12_000

/** What is unread in each course. Of a course whose room is live, the room counts; of the others the server tells. */
export class UnreadBook implements Readable<ReadonlyMap<string, CourseUnread>> {
  readonly #ports: RoomsPorts
  readonly #signal: AbortSignal
  readonly #courses = new Value<ReadonlyMap<string, CourseUnread>>(new Map())
  readonly #rooms = new Map<string, { readonly room: LiveRoom; readonly stop: () => void }>()
  /** Of which an answer that is under way may be too old: they changed since, or are one's own no longer. */
  readonly #touched = new Set<string>()
  readonly #asked = new Set<string>()
  /** What calls off the asking for mentions, by course. */
  readonly #counting = new Map<string, () => void>()
  #isAsking = false
  #load = 0

  constructor(ports: RoomsPorts, signal: AbortSignal) {
    const { transport } = ports
    this.#ports = ports
    this.#signal = signal
    const stops = [
      transport.onOnline(() => this.#loadAll()),
      transport.on('chat:activity', ({ courseId, unread, mentioned }) => this.#active(courseId, unread, mentioned)),
      transport.on('chat:read', ({ courseId }) => this.#ask(courseId)),
      transport.on('chat:error', ({ event, code, details }) => {
        const courseId = details?.['course_id']
        if (event === 'chat:join_room' && code === 'NOT_FOUND' && typeof courseId === 'string') this.#drop(courseId)
      }),
    ]
    signal.addEventListener('abort', () => {
      for (const stop of [...stops, ...this.#counting.values()]) stop()
    })
    if (transport.connection.getSnapshot().status === 'online') this.#loadAll()
  }

  readonly getSnapshot = (): ReadonlyMap<string, CourseUnread> => this.#courses.getSnapshot()
  readonly subscribe = (listener: () => void): (() => void) => this.#courses.subscribe(listener)

  /** Takes what a room counts, while it does. */
  follow(room: LiveRoom): void {
    const stop = room.subscribe(() => this.#counted(room))
    this.#rooms.set(room.courseId, { room, stop })
  }

  follows(courseId: string): boolean {
    return this.#rooms.has(courseId)
  }

  /** What is known of it may be old. */
  askFor(courseId: string): void {
    this.#ask(courseId)
  }

  /** The server has the person out of the room: what has come since, it says from now on. */
  unfollow({ courseId }: LiveRoom): void {
    this.#rooms.get(courseId)?.stop()
    this.#rooms.delete(courseId)
    this.#ask(courseId)
  }

  #counted({ courseId, isCounting, state }: LiveRoom): void {
    const { lastReadSeq = 0, mentions, unread } = state
    if (state.status.kind === 'gone') this.#drop(courseId)
    else if (isCounting) this.#set(courseId, { unread, mentions, lastReadSeq })
  }

  #isCounted(courseId: string): boolean {
    return this.#rooms.get(courseId)?.room.isCounting === true
  }

  /** `mentioned` does not say how often. */
  #active(courseId: string, unread: number, mentioned: boolean): void {
    const known = this.getSnapshot().get(courseId)
    const mentions = mentioned ? Math.max(1, known?.mentions ?? 0) : 0
    this.#touched.add(courseId)
    this.#set(courseId, { unread, mentions, lastReadSeq: known?.lastReadSeq ?? 0 })
    if (known === undefined) this.#ask(courseId)
    else if (mentioned) this.#countMentions(courseId)
  }

  #countMentions(courseId: string): void {
    if (this.#counting.has(courseId)) return
    const { clock, random } = this.#ports
    const callOff = clock.after(MENTIONS_FROM_MS + MENTIONS_SPREAD_MS * random(), () => {
      this.#counting.delete(courseId)
      this.#ask(courseId)
    })
    this.#counting.set(courseId, callOff)
  }

  #loadAll(): void {
    this.#load++
    this.#run(this.#fetchAll(this.#load))
  }

  async #fetchAll(load: number): Promise<void> {
    if (load > 1) await pause(this.#ports, RELOAD_SPREAD_MS * this.#ports.random(), this.#signal)
    if (load !== this.#load) return
    this.#touched.clear()
    const found: UnreadRecord[] = []
    for (let cursor: string | undefined; ; ) {
      const query = { limit: 100, ...(cursor === undefined ? {} : { cursor }) }
      const { data, meta } = await askUntilAnswered(this.#ports, this.#signal, () =>
        this.#ports.api.listUnread({ query, signal: this.#signal }),
      )
      if (load !== this.#load) return
      found.push(...data)
      if (meta.next_cursor === null) break
      cursor = meta.next_cursor
    }
    const before = this.getSnapshot()
    const courses = new Map(found.map((record) => [record.course_id, toUnread(record)]))
    for (const courseId of [...this.#touched, ...this.#rooms.keys()]) {
      const known = before.get(courseId)
      const isTouched = this.#touched.has(courseId)
      if (known === undefined && isTouched) courses.delete(courseId)
      if (known !== undefined && (isTouched || this.#isCounted(courseId))) courses.set(courseId, known)
    }
    this.#courses.set(courses)
    for (const courseId of this.#touched) this.#ask(courseId)
  }

  #ask(courseId: string): void {
    this.#asked.add(courseId)
    if (this.#isAsking) return
    this.#isAsking = true
    this.#run(
      this.#answerAsked().finally(() => {
        this.#isAsking = false
      }),
    )
  }

  /** One course after the other; what is asked for again within a second is asked for once. */
  async #answerAsked(): Promise<void> {
    while (this.#asked.size > 0) {
      const round = [...this.#asked]
      this.#asked.clear()
      for (const courseId of round) await this.#fetch(courseId)
      await pause(this.#ports, EVERY_MS, this.#signal)
    }
  }

  async #fetch(courseId: string): Promise<void> {
    if (this.#isCounted(courseId)) return
    this.#touched.delete(courseId)
    try {
      const { data } = await this.#persistently(() =>
        this.#ports.api.getUnread({ params: { courseId }, signal: this.#signal }),
      )
      if (this.#touched.has(courseId)) this.#asked.add(courseId)
      else if (!this.#isCounted(courseId)) this.#set(courseId, toUnread(data))
    } catch (error) {
      if (this.#signal.aborted) throw error
      if (!(error instanceof LecternError)) throw error
      if (error.code === 'NOT_FOUND') this.#drop(courseId)
    }
  }

  #set(courseId: string, unread: CourseUnread): void {
    const known = this.getSnapshot().get(courseId)
    if (known !== undefined && isSame(known, unread)) return
    this.#courses.set(new Map(this.getSnapshot()).set(courseId, unread))
  }

  #drop(courseId: string): void {
    this.#touched.add(courseId)
    if (!this.getSnapshot().has(courseId)) return
    const rest = new Map(this.getSnapshot())
    rest.delete(courseId)
    this.#courses.set(rest)
  }

  #persistently<Answer>(ask: () => Promise<Answer>): Promise<Answer> {
    return askPersistently(this.#ports, this.#signal, ask)
  }

  /** What fails here is asked for again after the next connection. */
  #run(work: Promise<void>): void {
    work.catch((error: unknown) => {
      if (!this.#signal.aborted && !(error instanceof LecternError)) throw error
    })
  }
}

const toUnread = ({ unread, mentions, last_read_seq }: UnreadRecord): CourseUnread => ({
  unread,
  mentions,
  lastReadSeq: last_read_seq,
})

const isSame = (some: CourseUnread, other: CourseUnread): boolean =>
  some.unread === other.unread && some.mentions === other.mentions && some.lastReadSeq === other.lastReadSeq
