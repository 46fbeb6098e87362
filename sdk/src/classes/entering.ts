import type { JoinSessionAnswer } from '@lectern/protocol'
import { backoff } from '../chat/persistence.ts'
import { LecternError } from '../errors.ts'
import type { ClassPorts } from './ports.ts'

export interface EnteringPorts extends Pick<ClassPorts, 'transport' | 'clock' | 'random'> {
  /** @throws LecternError */
  readonly ask: () => Promise<JoinSessionAnswer>
  readonly entered: (answer: JoinSessionAnswer) => void
  /** For good: it is not asked again. */
  readonly refused: (error: LecternError) => void
}

/** Gets into the class, on each connection anew. */
export class Entering {
  readonly #ports: EnteringPorts
  readonly #stopListening: () => void
  #attempt = 0
  #failures = 0
  #stopWaiting: () => void = () => undefined

  constructor(ports: EnteringPorts) {
    this.#ports = ports
    this.#stopListening = ports.transport.onOnline(() => this.start())
    this.start()
  }

  start(): void {
    this.#failures = 0
    if (this.#isOnline) void this.#enter()
  }

  stop(): void {
    this.#attempt++
    this.#stopListening()
    this.#stopWaiting()
  }

  get #isOnline(): boolean {
    return this.#ports.transport.connection.getSnapshot().status === 'online'
  }

  async #enter(): Promise<void> {
    this.#stopWaiting()
    const attempt = ++this.#attempt
    try {
      const answer = await this.#ports.ask()
      if (attempt === this.#attempt) this.#ports.entered(answer)
    } catch (error) {
      if (!(error instanceof LecternError)) throw error
      if (attempt === this.#attempt) this.#refused(error)
    }
  }

  #refused(error: LecternError): void {
    const { clock, random, refused } = this.#ports
    if (error.code === 'CLOSED' || !error.shouldRetry()) refused(error)
    // Without a connection the next one asks.
    else if (this.#isOnline)
      this.#stopWaiting = clock.after(backoff(++this.#failures, error, random), () => void this.#enter())
  }
}
