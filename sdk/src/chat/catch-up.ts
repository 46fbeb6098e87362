import { LecternError } from '../errors.ts'
import { foldRefused, settledStatus } from './fold/joining.ts'
import { foldChanges } from './fold/messages.ts'
import { askUntilAnswered, pause } from './persistence.ts'
import { isBehind } from './reach.ts'
import type { RoomContext } from './room-context.ts'

/** A rev that is missing may be one that a later change of the same message has replaced, which is then soon to come. */
const GAP_MS = 1_000

/** Fetches the changes that are missing. Asking for the same ones again does no harm: what is there is not folded twice. */
export class CatchUp {
  readonly #context: RoomContext
  readonly #isIn: () => boolean
  #isRunning = false
  #stopWaiting: (() => void) | undefined

  /** @param isIn whether what changes from now on comes by itself */
  constructor(context: RoomContext, isIn: () => boolean) {
    this.#context = context
    this.#isIn = isIn
  }

  /** After a change was folded. */
  check(): void {
    const { ports, store } = this.#context
    if (this.#isRunning || this.#stopWaiting !== undefined || !isBehind(store.getSnapshot().reach)) return
    this.#stopWaiting = ports.clock.after(GAP_MS, () => {
      this.#stopWaiting = undefined
      this.start()
    })
  }

  start(): void {
    this.stop()
    if (this.#isRunning || !isBehind(this.#context.store.getSnapshot().reach)) return
    this.#isRunning = true
    void this.#run().finally(() => {
      this.#isRunning = false
    })
  }

  /** The next join asks for all that is missing. */
  stop(): void {
    this.#stopWaiting?.()
    this.#stopWaiting = undefined
  }

  async #run(): Promise<void> {
    const { ports, signal, store } = this.#context
    try {
      while (isBehind(store.getSnapshot().reach)) {
        const before = store.getSnapshot().reach.upTo
        await this.#fetch()
        if (store.getSnapshot().reach.upTo === before) await pause(ports, GAP_MS, signal)
      }
    } catch (error) {
      if (signal.aborted) return
      if (!(error instanceof LecternError)) throw error
      store.update((state) => foldRefused(state, error))
    }
  }

  async #fetch(): Promise<void> {
    const { courseId, ports, signal, store } = this.#context
    const { epoch, generation, lastRev } = store.getSnapshot()
    const { data, meta } = await askUntilAnswered(ports, signal, () =>
      ports.api.listMessages({ params: { courseId }, query: { since_rev: lastRev }, signal }),
    )
    if (meta.epoch !== epoch) return
    store.updateIn(generation, (state) => {
      const next = foldChanges(state, data, meta)
      const isWaiting = state.status.kind === 'stale' || state.status.kind === 'joining'
      // Without the room's events the answer is as old as it is: the next join settles it.
      return isWaiting && this.#isIn() ? settledStatus(next) : next
    })
  }
}
