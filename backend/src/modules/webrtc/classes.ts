import { notFound } from '../../shared/errors.ts'
import type { SteadyTime } from '../../shared/steady-time.ts'
import { type ClassState, participantsOf, stateOf } from './class-state.ts'
import { type Decision, LiveClass } from './live-class.ts'
import type { ClassMember, MediaEngine, Signal } from './media/media-engine.types.ts'
import { signalFrom } from './signals.ts'
import type { ClassStore, CourseAudience, Emission, StoredSession } from './webrtc.types.ts'

export interface ClassesPorts {
  readonly store: ClassStore
  readonly time: SteadyTime
  readonly graceMs: number
  readonly engine: MediaEngine
  readonly audience: CourseAudience
  readonly deliver: (emission: Emission) => void
  /** When anything came by a connection last; undefined for one that is not there. */
  readonly lastSeenAt: (connectionId: string) => number | undefined
  readonly failed: (error: unknown) => void
}

/** The classes that something happens in: those that are live, that somebody is in, or that are being changed. */
export class Classes {
  readonly #ports: ClassesPorts
  readonly #live = new Map<string, LiveClass>()
  readonly #loading = new Map<string, Promise<LiveClass>>()

  constructor(ports: ClassesPorts) {
    this.#ports = ports
  }

  /** Takes over what the last process left: its people have the grace to come back. */
  async start(): Promise<void> {
    const { store, engine } = this.#ports
    engine.start({
      signal: (to, signal) => this.#signalFromServer(to, signal),
      changed: (sessionId) => this.#mediaChanged(sessionId),
    })
    for (const sessionId of await store.inUse()) {
      const live = await this.#open(sessionId).catch((error: unknown) => this.#ports.failed(error))
      if (live?.state.session.status !== 'live') continue
      engine.opened(sessionId)
      for (const { userId } of participantsOf(live.state)) engine.joined({ sessionId, userId })
    }
  }

  /** As it is on disk; undefined where nobody is in it and nothing happens in it. */
  state(sessionId: string): ClassState | undefined {
    return this.#live.get(sessionId)?.state
  }

  states(): ClassState[] {
    return [...this.#live.values()].map(({ state }) => state)
  }

  /** @throws AppError `NOT_FOUND` */
  async session(sessionId: string): Promise<StoredSession> {
    const session = this.state(sessionId)?.session ?? (await this.#ports.store.session(sessionId))
    if (session === undefined || session.deletedAt !== null) throw noSuchClass()
    return session
  }

  /**
   * Resolves when the decision is on disk. In the order of the calls.
   * @throws AppError what `decide` throws; `NOT_FOUND`, `UNAVAILABLE`
   */
  ask<Answer>(sessionId: string, decide: Decision<Answer>): Promise<Answer> {
    const live = this.#live.get(sessionId)
    return live === undefined ? this.#open(sessionId).then((opened) => opened.ask(decide)) : live.ask(decide)
  }

  /** What has happened, whether it can be written or not. Resolves when its people have been told, or the commit has failed. */
  async insist(sessionId: string, decide: Decision<void>): Promise<void> {
    await (this.#live.get(sessionId) ?? (await this.#open(sessionId))).insist(decide)
  }

  close(): void {
    for (const live of this.#live.values()) live.close()
  }

  #open(sessionId: string): Promise<LiveClass> {
    const known = this.#live.get(sessionId)
    if (known !== undefined) return Promise.resolve(known)
    const loading = this.#loading.get(sessionId) ?? this.#load(sessionId)
    this.#loading.set(sessionId, loading)
    return loading
  }

  async #load(sessionId: string): Promise<LiveClass> {
    const { store, time, graceMs, engine, deliver, lastSeenAt, failed } = this.#ports
    try {
      const stored = await store.load(sessionId)
      if (stored === undefined) throw noSuchClass()
      const live = new LiveClass(stateOf(stored, time.now(), graceMs), {
        store,
        time,
        deliver,
        lastSeenAt,
        failed,
        media: (id) => engine.media(id),
        decided: (before, after) => this.#decided(before, after),
        idle: () => this.#letGo(sessionId, live),
      })
      this.#live.set(sessionId, live)
      return live
    } finally {
      this.#loading.delete(sessionId)
    }
  }

  #signalFromServer({ sessionId, userId }: ClassMember, signal: Signal): void {
    const link = this.state(sessionId)?.links.get(userId)
    if (link?.status === 'on') this.#ports.deliver(signalFrom('sfu', { sessionId, to: link.connectionId, signal }))
  }

  #mediaChanged(sessionId: string): void {
    const { topology } = this.#ports.engine.media(sessionId)
    this.ask(sessionId, (draft) => {
      const userIds = draft.participants.map(({ userId }) => userId)
      draft.tell(userIds, 'webrtc:topology_changed', { sessionId, topology })
    }).catch((error: unknown) => this.#ports.failed(error))
  }

  /** Nobody is in it: whoever asks next finds it in the store. */
  #letGo(sessionId: string, live: LiveClass): void {
    const { session, people } = live.state
    const isIdle = session.status !== 'live' && people.size === 0
    if (isIdle && this.#live.get(sessionId) === live) this.#live.delete(sessionId)
  }

  #decided(before: ClassState, after: ClassState): void {
    this.#tellEngine(before, after)
    const { session } = after
    const { id: sessionId, courseId } = session
    if (!LISTED.some((field) => before.session[field] !== session[field])) return
    const status = session.deletedAt === null ? session.status : 'ended'
    this.#ports.audience.stateChanged({ sessionId, courseId, status })
  }

  #tellEngine(before: ClassState, after: ClassState): void {
    const { engine } = this.#ports
    const { id: sessionId, status } = after.session
    if (status === 'live' && before.session.status !== 'live') engine.opened(sessionId)
    const [were, are] = [pagesOf(before), pagesOf(after)]
    for (const userId of were.keys()) if (!are.has(userId)) engine.left({ sessionId, userId })
    for (const [userId, instanceId] of are) {
      const known = were.get(userId)
      if (known === undefined) engine.joined({ sessionId, userId })
      else if (known !== instanceId) engine.reset({ sessionId, userId })
    }
    if (status !== 'live' && before.session.status === 'live') engine.closed(sessionId)
  }
}

/** What shows in a course's list of classes. */
const LISTED = ['status', 'title', 'scheduledAt', 'durationMin', 'locked', 'lobby', 'deletedAt'] as const

/** By person, which page of theirs is in the class. */
const pagesOf = (state: ClassState): Map<string, string> =>
  new Map(participantsOf(state).map(({ userId, instanceId }) => [userId, instanceId]))

export const noSuchClass = () => notFound('No such class.')
