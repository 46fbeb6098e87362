import type { Clock } from '../clock.ts'
import { LecternError } from '../errors.ts'
import type { Signal } from './signal.ts'

export interface OutgoingSignalsPorts {
  /** @throws LecternError */
  readonly emit: (userId: string, signal: Signal) => Promise<unknown>
  readonly clock: Clock
}

interface Lane {
  readonly userId: string
  readonly waiting: Signal[]
  isSending: boolean
}

/** Below the server's limit of 50 a second, which all of one person's pages share. */
const BURST = 40
const EVERY_MS = 25
const AGAIN_MS = 1_000
/** More than any pair needs: beyond it something is broken, and a pair that does not connect is rebuilt. */
const MOST_WAITING = 200

/**
 * Signals on their way: to each person in order, one at a time; to different persons side by side, no faster than the
 * server takes them. What is refused for the rate is sent again, what cannot be sent waits for the next connection.
 */
export class OutgoingSignals {
  readonly #ports: OutgoingSignalsPorts
  readonly #lanes = new Map<string, Lane>()
  #isHeld = false
  #isClosed = false
  /** When the next one is due, if all went at the even pace. */
  #due = Number.NEGATIVE_INFINITY

  constructor(ports: OutgoingSignalsPorts) {
    this.#ports = ports
  }

  send(userId: string, signal: Signal): void {
    const lane = this.#lanes.get(userId) ?? { userId, waiting: [], isSending: false }
    this.#lanes.set(userId, lane)
    if (lane.waiting.length < MOST_WAITING) lane.waiting.push(signal)
    void this.#run(lane)
  }

  /** What still waits for that person is of no use any more. */
  forget(userId: string): void {
    this.#lanes.delete(userId)
  }

  hold(): void {
    this.#isHeld = true
  }

  resume(): void {
    this.#isHeld = false
    for (const lane of this.#lanes.values()) void this.#run(lane)
  }

  close(): void {
    this.#isClosed = true
    this.#lanes.clear()
  }

  #isWaiting(lane: Lane): boolean {
    return !this.#isHeld && !this.#isClosed && this.#lanes.get(lane.userId) === lane && lane.waiting.length > 0
  }

  async #run(lane: Lane): Promise<void> {
    if (lane.isSending) return
    lane.isSending = true
    while (this.#isWaiting(lane)) {
      await this.#turn()
      const [signal] = lane.waiting
      if (signal === undefined || !this.#isWaiting(lane)) break
      if (await this.#sent(lane, signal)) lane.waiting.shift()
    }
    lane.isSending = false
  }

  /** @returns whether it is done with: sent, or of no use */
  async #sent(lane: Lane, signal: Signal): Promise<boolean> {
    try {
      await this.#ports.emit(lane.userId, signal)
      return true
    } catch (error) {
      if (!(error instanceof LecternError)) throw error
      if (error.code === 'NETWORK' || error.code === 'CLOSED') this.hold()
      else if (error.shouldRetry()) await this.#pause(error.retryAfterMs ?? AGAIN_MS)
      else lane.waiting.length = 0
      return false
    }
  }

  /** The next place in the queue of all lanes: a burst is free, then one every 25 ms. */
  async #turn(): Promise<void> {
    const now = this.#ports.clock.now()
    this.#due = Math.max(this.#due, now - BURST * EVERY_MS) + EVERY_MS
    if (this.#due > now) await this.#pause(this.#due - now)
  }

  async #pause(ms: number): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>()
    this.#ports.clock.after(ms, resolve)
    await promise
  }
}
