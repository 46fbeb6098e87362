import { LecternError } from '../errors.ts'
import { foldUnread, isUnchanged } from './fold/unread.ts'
import { askPersistently, pause } from './persistence.ts'
import type { RoomContext } from './room-context.ts'

const EVERY_MS = 3_000
/** For each who is in the room: a message that all hear of at once is not asked about by all at once. */
const SPREAD_MS = 10

/**
 * Asks the server what is unread, where the room cannot count it: after each join, since the mark may have moved
 * elsewhere, and while there is more above the mark than is loaded.
 */
export class UnreadAsking {
  readonly #context: RoomContext
  readonly #markIsBehind: () => void
  #isRunning = false

  /** @param markIsBehind told where the server's mark is not as far as the room's */
  constructor(context: RoomContext, markIsBehind: () => void) {
    this.#context = context
    this.#markIsBehind = markIsBehind
  }

  check(): void {
    if (this.#isRunning || !this.#isNeeded()) return
    this.#isRunning = true
    void this.#run().finally(() => {
      this.#isRunning = false
    })
  }

  #isNeeded(): boolean {
    const { signal, store } = this.#context
    const { status, isMarkFresh, countTrust } = store.getSnapshot()
    return !signal.aborted && status.kind === 'live' && (!isMarkFresh || countTrust === 'unknown')
  }

  async #run(): Promise<void> {
    const { ports, store } = this.#context
    while (this.#isNeeded()) {
      const { isMarkFresh, onlineCount } = store.getSnapshot()
      if (isMarkFresh) await this.#pause(onlineCount * SPREAD_MS * ports.random())
      await this.#ask()
      await this.#pause(EVERY_MS)
    }
  }

  /** Over early with the room. */
  async #pause(ms: number): Promise<void> {
    const { ports, signal } = this.#context
    if (ms > 0) await pause(ports, ms, signal).catch(() => undefined)
  }

  async #ask(): Promise<void> {
    const { courseId, ports, signal, store } = this.#context
    const asked = store.getSnapshot()
    try {
      const { data } = await askPersistently(ports, signal, () => ports.api.getUnread({ params: { courseId }, signal }))
      const isOfUse = store.updateIn(asked.generation, (state) => foldUnread(state, data, isUnchanged(asked, state)))
      if (isOfUse && data.last_read_seq < (store.getSnapshot().lastReadSeq ?? 0)) this.#markIsBehind()
    } catch (error) {
      // Asked again in a while, unless the room is gone: the join, or the server, says so.
      if (!signal.aborted && !(error instanceof LecternError)) throw error
    }
  }
}
