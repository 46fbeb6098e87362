interface Received {
  readonly event: string
  readonly payload: unknown
}

interface Waiting {
  matches(received: Received): boolean
  resolve(payload: unknown): void
  reject(error: Error): void
}

/** Events that came, kept until somebody asks for them; whoever asks first waits for those still to come. */
export class EventBuffer {
  readonly log: Received[] = []
  readonly #untaken: Received[] = []
  readonly #waiting = new Set<Waiting>()
  #failure: Error | undefined

  push(event: string, payload: unknown): void {
    const received = { event, payload }
    this.log.push(received)
    for (const waiting of this.#waiting) {
      if (!waiting.matches(received)) continue
      this.#waiting.delete(waiting)
      waiting.resolve(payload)
      return
    }
    this.#untaken.push(received)
  }

  /** Fails whoever waits, and whoever will. */
  fail(message: string): void {
    this.#failure ??= new Error(message)
    for (const waiting of this.#waiting) waiting.reject(this.#failure)
    this.#waiting.clear()
  }

  received(event: string): unknown[] {
    if (this.#failure !== undefined) throw this.#failure
    return this.log.filter((received) => received.event === event).map(({ payload }) => payload)
  }

  async next(event: string, predicate: (payload: unknown) => boolean, deadlineMs: number): Promise<unknown> {
    if (this.#failure !== undefined) throw this.#failure
    const matches = (received: Received) => received.event === event && predicate(received.payload)
    const index = this.#untaken.findIndex(matches)
    if (index !== -1) return this.#untaken.splice(index, 1)[0]?.payload
    return this.#wait(event, matches, deadlineMs)
  }

  async #wait(event: string, matches: Waiting['matches'], deadlineMs: number): Promise<unknown> {
    const { promise, resolve, reject } = Promise.withResolvers<unknown>()
    const waiting = { matches, resolve, reject }
    this.#waiting.add(waiting)
    const timer = setTimeout(
      () => reject(new Error(`No ${event} within ${deadlineMs} ms; ${this.#summary()}`)),
      deadlineMs,
    )
    try {
      return await promise
    } finally {
      clearTimeout(timer)
      this.#waiting.delete(waiting)
    }
  }

  close(): void {
    this.fail('The client is closed.')
  }

  #summary(): string {
    const names = this.log.slice(-10).map(({ event }) => event)
    return names.length === 0 ? 'nothing came at all' : `the last that came: ${names.join(', ')}`
  }
}
