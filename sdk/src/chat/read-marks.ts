import { LecternError } from '../errors.ts'
import { foldMark, foldUnread, isUnchanged } from './fold/unread.ts'
import type { RoomContext } from './room-context.ts'

const EVERY_MS = 1_000

/** Moves one's mark on the server: at once, then at most once a second, and at last where it came to. */
export class ReadMarks {
  readonly #context: RoomContext
  /** Not known to be on the server; 0: nothing. */
  #wanted = 0
  #underWay = 0
  #stopWaiting: (() => void) | undefined

  constructor(context: RoomContext) {
    this.#context = context
  }

  mark(seq: number): void {
    const { store } = this.#context
    const { lastReadSeq, timeline } = store.getSnapshot()
    const reached = Math.min(seq, timeline.lastSeq)
    if (reached <= Math.max(lastReadSeq ?? 0, this.#wanted)) return
    this.#wanted = reached
    // Where the server's mark is not known yet, it may be further than this.
    if (lastReadSeq !== undefined) store.update((state) => foldMark(state, reached))
    this.resume()
  }

  /** Says what could not be said before, if it can be now. */
  resume(): void {
    if (this.#stopWaiting !== undefined || this.#underWay !== 0) return
    if (this.#context.store.getSnapshot().status.kind === 'live') this.#send()
  }

  /** The server's mark turned out to be behind one's own: it was moved when it could not be said. */
  again(): void {
    this.#wanted = Math.max(this.#wanted, this.#context.store.getSnapshot().lastReadSeq ?? 0)
    this.resume()
  }

  /** Another database: its messages are others. */
  forget(): void {
    this.#wanted = 0
  }

  /** Says at once what waits. */
  flush(): void {
    this.#callOff()
    if (this.#underWay < this.#wanted) this.#send()
    this.#callOff()
  }

  #send(): void {
    const seq = this.#wanted
    if (seq === 0) return
    const { courseId, ports, store } = this.#context
    const asked = store.getSnapshot()
    this.#underWay = seq
    this.#wait(EVERY_MS)
    ports.transport.emit('chat:mark_read', { courseId, seq }).then(
      (answer) => {
        this.#over(seq)
        store.updateIn(asked.generation, (state) => foldUnread(state, answer, isUnchanged(asked, state)))
        this.resume()
      },
      (error: unknown) => {
        if (!(error instanceof LecternError)) throw error
        if (!error.shouldRetry()) return this.#over(seq)
        this.#underWay = 0
        this.#wait(error.retryAfterMs ?? EVERY_MS)
      },
    )
  }

  #callOff(): void {
    this.#stopWaiting?.()
    this.#stopWaiting = undefined
  }

  #over(seq: number): void {
    this.#underWay = 0
    if (this.#wanted <= seq) this.#wanted = 0
  }

  #wait(ms: number): void {
    this.#callOff()
    if (this.#context.signal.aborted) return
    this.#stopWaiting = this.#context.ports.clock.after(ms, () => {
      this.#stopWaiting = undefined
      this.resume()
    })
  }
}
