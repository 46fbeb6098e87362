import type { JoinAnswer } from '@lectern/protocol'
import { LecternError } from '../errors.ts'
import { foldRefused } from './fold/joining.ts'
import { backoff } from './persistence.ts'
import { isOnline, type RoomContext } from './room-context.ts'

/** Gets into the room, on each connection anew, and says from where on changes are missing. */
export class Joining {
  readonly #context: RoomContext
  readonly #joined: (answer: JoinAnswer) => void
  #attempt = 0
  #failures = 0
  #isIn = false
  #stopWaiting: (() => void) | undefined

  /** @param joined runs before any change of the room is folded */
  constructor(context: RoomContext, joined: (answer: JoinAnswer) => void) {
    this.#context = context
    this.#joined = joined
  }

  /** Whether the server has this connection in the room. */
  get isIn(): boolean {
    return this.#isIn
  }

  /** In the turn in which the connection is up: the server then need not replay what is asked for here. */
  start(): void {
    this.#failures = 0
    this.#join()
  }

  /** The connection has gone, or somebody has put the person out. */
  stop(): void {
    this.#attempt++
    this.#isIn = false
    this.#stopWaiting?.()
    this.#stopWaiting = undefined
  }

  #join(): void {
    this.stop()
    const attempt = this.#attempt
    const { courseId, ports, store } = this.#context
    const { epoch, lastRev } = store.getSnapshot()
    const known = epoch === undefined ? {} : { sinceRev: lastRev, epoch }
    ports.transport.emit('chat:join_room', { courseId, ...known }).then(
      (answer) => {
        if (attempt !== this.#attempt) return
        this.#failures = 0
        this.#isIn = true
        this.#joined(answer)
      },
      (error: unknown) => {
        if (attempt === this.#attempt) this.#refused(error)
      },
    )
  }

  #refused(error: unknown): void {
    if (!(error instanceof LecternError)) throw error
    // Without a connection the next one joins.
    if (error.code === 'CLOSED' || !isOnline(this.#context)) return
    const { ports, store } = this.#context
    if (!error.shouldRetry()) {
      store.update((state) => foldRefused(state, error))
      return
    }
    const wait = backoff(++this.#failures, error, ports.random)
    this.#stopWaiting = ports.clock.after(wait, () => this.#join())
  }
}
