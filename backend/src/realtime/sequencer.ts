/** Where a course's log stands: the last change's `rev` and the last message's `seq`. */
export interface Position {
  readonly rev: number
  readonly seq: number
}

export interface Sequenced {
  readonly rev: number
  readonly seq: number
}

/** What is committed after a position, by `rev`, each message as it is now; `more` when there is more than was read. */
export interface LogPage<Entry> {
  readonly entries: readonly Entry[]
  readonly more: boolean
}

export interface SequencerPorts<Entry> {
  /** The log's position on disk. */
  position(): Promise<Position>
  since(rev: number): Promise<LogPage<Entry>>
  /** Called once per entry, in the order of `rev`; `reached` is the `rev` handed out before it. */
  deliver(entry: Entry, reached: number): void
  failed(error: unknown): void
}

/** How long a missing `rev` is waited for before it is read from the log. */
const GAP_MS = 200
/** More than this is not held in memory while a `rev` is missing: the log is read at once. */
const MAX_WAITING = 1_000

/**
 * Hands a course's changes out in `rev` order. What comes early waits, what is missing is read from the log,
 * what came before is dropped: the way in may lose, repeat or reorder, the way out does not.
 */
export class Sequencer<Entry extends Sequenced> {
  readonly #ports: SequencerPorts<Entry>
  readonly #waiting = new Map<number, Entry>()
  #position: Position | undefined
  #gapTimer: NodeJS.Timeout | undefined
  #filling = false
  #closed = false
  readonly #waiters = new Set<{ rev: number; resolve: () => void }>()

  constructor(ports: SequencerPorts<Entry>) {
    this.#ports = ports
  }

  /** Begins at the log's position on disk; entries pushed meanwhile are kept. */
  async open(): Promise<void> {
    this.#position = await this.#ports.position()
    this.#drain()
  }

  /** @throws Error before `open` is done */
  get position(): Position {
    if (this.#position === undefined) throw new Error('The sequencer is not open.')
    return this.#position
  }

  push(entry: Entry): void {
    const reached = this.#position?.rev
    if (this.#closed || (reached !== undefined && entry.rev <= reached)) return
    this.#waiting.set(entry.rev, entry)
    this.#drain()
  }

  /** Resolves when `rev`, known to be committed, has been handed out. */
  async reached(rev: number): Promise<void> {
    if (this.position.rev >= rev) return
    const { promise, resolve } = Promise.withResolvers<void>()
    this.#waiters.add({ rev, resolve })
    this.#watchGap()
    await promise
  }

  close(): void {
    this.#closed = true
    clearTimeout(this.#gapTimer)
    this.#waiting.clear()
    for (const waiter of this.#waiters) waiter.resolve()
    this.#waiters.clear()
  }

  #drain(): void {
    if (this.#position === undefined || this.#filling) return
    for (;;) {
      const next = this.#waiting.get(this.#position.rev + 1)
      if (next === undefined) break
      this.#handOut(next)
    }
    if (this.#waiting.size === 0 && this.#waiters.size === 0) this.#stopWatching()
    else if (this.#waiting.size > MAX_WAITING) void this.#fill()
    else this.#watchGap()
  }

  #handOut(entry: Entry): void {
    const before = this.position
    this.#waiting.delete(entry.rev)
    if (entry.rev <= before.rev) return
    this.#position = { rev: entry.rev, seq: Math.max(before.seq, entry.seq) }
    this.#ports.deliver(entry, before.rev)
    for (const waiter of this.#waiters) {
      if (waiter.rev > entry.rev) continue
      this.#waiters.delete(waiter)
      waiter.resolve()
    }
  }

  #watchGap(): void {
    if (this.#gapTimer !== undefined || this.#closed) return
    this.#gapTimer = setTimeout(() => void this.#fill(), GAP_MS)
  }

  #stopWatching(): void {
    clearTimeout(this.#gapTimer)
    this.#gapTimer = undefined
  }

  async #fill(): Promise<void> {
    this.#stopWatching()
    if (this.#filling || this.#closed) return
    this.#filling = true
    try {
      let more = true
      while (more && !this.#closed) {
        const page = await this.#ports.since(this.position.rev)
        for (const entry of page.entries) this.#handOut(entry)
        more = page.more
      }
    } catch (error) {
      this.#ports.failed(error)
    } finally {
      this.#filling = false
    }
    if (this.#closed) return
    for (const rev of this.#waiting.keys()) if (rev <= this.position.rev) this.#waiting.delete(rev)
    this.#drain()
  }
}
