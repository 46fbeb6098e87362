import { setImmediate as nextTurn } from 'node:timers/promises'
import { unavailable } from '../../shared/errors.ts'
import type { SteadyTime } from '../../shared/steady-time.ts'
import type { AttendanceChange } from './attendance.types.ts'
import { expire, nextDue } from './class-course.ts'
import { announcementsOf, ClassDraft, type ClassState, changeBetween } from './class-state.ts'
import type { Announcement, ClassMedia, ClassStore, Emission } from './webrtc.types.ts'

/** Changes a draft, and says what to answer. Pure: it may be called, and what it made be thrown away. */
export type Decision<Answer> = (draft: ClassDraft) => Answer

export interface LiveClassPorts {
  readonly store: Pick<ClassStore, 'commit'>
  readonly time: SteadyTime
  readonly media: (sessionId: string) => ClassMedia
  /** When anything came by a connection last; undefined for one that is not there. */
  readonly lastSeenAt: (connectionId: string) => number | undefined
  readonly deliver: (emission: Emission) => void
  /** A decision is on disk, and its people have been told. In the order of the decisions. */
  readonly decided: (before: ClassState, after: ClassState) => void
  /** Nothing is under way any more. */
  readonly idle: () => void
  readonly failed: (error: unknown) => void
}

interface Waiting {
  readonly decide: Decision<unknown>
  resolve(answer: unknown): void
  reject(error: unknown): void
  /** Its people have been told. */
  told(): void
}

type Decided = { readonly waiting: Waiting } & (
  | { readonly error: unknown }
  | {
      readonly answer: unknown
      readonly before: ClassState
      readonly after: ClassState
      readonly emissions: readonly Emission[]
    }
)

/** After a commit that failed, until what nobody asked for is tried again. */
const RETRY_MS = 1_000

/**
 * One class that something happens in. What is asked for is decided one after the other; what waits together is written
 * as one change. A decision counts when it is on disk: before that nobody is answered or told, and where the commit
 * fails none of what stood in it has happened.
 */
export class LiveClass {
  #state: ClassState
  readonly #ports: LiveClassPorts
  readonly #waiting: Waiting[] = []
  #isRunning = false
  #isClosed = false
  /** No alarm before: what time has done waits while nothing can be written. */
  #pausedUntil = 0
  #callOff: () => void = () => undefined

  constructor(state: ClassState, ports: LiveClassPorts) {
    this.#state = state
    this.#ports = ports
    this.#setAlarm()
  }

  /** As it is on disk. */
  get state(): ClassState {
    return this.#state
  }

  /**
   * Resolves when the decision is on disk, in the turn before its people are told of it.
   * @throws AppError what `decide` throws; `UNAVAILABLE`
   */
  ask<Answer>(decide: Decision<Answer>): Promise<Answer> {
    return this.#submit(decide, () => undefined)
  }

  /**
   * What has happened whether it can be written or not. Resolves when its people have been told, or the commit has
   * failed; it is then tried again until it is on disk.
   */
  async insist(decide: Decision<void>): Promise<void> {
    const told = Promise.withResolvers<void>()
    try {
      await this.#submit(decide, told.resolve)
      await told.promise
    } catch (error) {
      if (this.#isClosed) return
      this.#ports.failed(error)
      this.#ports.time.after(RETRY_MS, () => void this.insist(decide))
    }
  }

  /** Takes nothing more; what is not decided by then has not happened. */
  close(): void {
    this.#isClosed = true
    this.#callOff()
  }

  #submit<Answer>(decide: Decision<Answer>, told: () => void): Promise<Answer> {
    if (this.#isClosed) return Promise.reject(unavailable('The server is closing.'))
    const { promise, resolve, reject } = Promise.withResolvers<Answer>()
    // The answer is what `decide` returns: the two are kept together.
    this.#waiting.push({ decide, resolve: (answer) => resolve(answer as Answer), reject, told })
    if (!this.#isRunning) void this.#run()
    return promise
  }

  async #run(): Promise<void> {
    this.#isRunning = true
    while (this.#waiting.length > 0) await this.#decideAll(this.#waiting.splice(0))
    this.#isRunning = false
    this.#setAlarm()
    this.#ports.idle()
  }

  async #decideAll(all: readonly Waiting[]): Promise<void> {
    const attendance: AttendanceChange[] = []
    const announcements: Announcement[] = []
    let draft = this.#state
    const decided = all.map((waiting): Decided => {
      const outcome = this.#decide(waiting, draft)
      if ('error' in outcome) return outcome
      attendance.push(...outcome.attendance)
      announcements.push(...announcementsOf(draft, outcome.after))
      draft = outcome.after
      return outcome
    })
    try {
      const change = changeBetween(this.#state, draft, { attendance, announcements })
      if (change !== undefined) await this.#ports.store.commit(change)
    } catch (error) {
      for (const { reject } of all) reject(error)
      this.#pausedUntil = this.#ports.time.now() + RETRY_MS
      return
    }
    this.#state = draft
    for (const each of decided) await this.#tell(each)
  }

  #decide(waiting: Waiting, before: ClassState) {
    const { time, media, lastSeenAt } = this.#ports
    const { limits } = media(before.session.id)
    const draft = new ClassDraft(before, { now: time.now(), limits, lastSeenAt })
    try {
      const answer = waiting.decide(draft)
      const { session, people, links, bans, emissions, attendance } = draft
      return { waiting, answer, before, after: { session, people, links, bans }, emissions, attendance }
    } catch (error) {
      return { waiting, error }
    }
  }

  async #tell(decided: Decided): Promise<void> {
    if ('error' in decided) return decided.waiting.reject(decided.error)
    decided.waiting.resolve(decided.answer)
    // Who asked has the answer before they hear of it, and of what was decided next.
    if (decided.emissions.length > 0) await nextTurn()
    for (const emission of decided.emissions) this.#attempt(() => this.#ports.deliver(emission))
    this.#attempt(() => this.#ports.decided(decided.before, decided.after))
    decided.waiting.told()
  }

  /** What is told is on disk already: who cannot hear of it holds up nobody. */
  #attempt(tell: () => void): void {
    try {
      tell()
    } catch (error) {
      this.#ports.failed(error)
    }
  }

  /** Each commit sets it anew, also one that failed. */
  #setAlarm(): void {
    const { time, failed } = this.#ports
    this.#callOff()
    this.#callOff = () => undefined
    const due = nextDue(this.#state)
    if (due === undefined || this.#isClosed) return
    const ms = Math.max(due, this.#pausedUntil) - time.now()
    this.#callOff = time.after(Math.max(0, ms), () => void this.ask(expire).catch(failed))
  }
}
