import type { SteadyTime } from '../../src/shared/steady-time.ts'

interface Alarm {
  readonly at: number
  readonly work: () => void
}

/** Time that a test moves; alarms go off in their order when it gets to them. */
export class MovingTime implements SteadyTime {
  #now: number
  readonly #alarms = new Set<Alarm>()

  constructor(now: number) {
    this.#now = now
  }

  now(): number {
    return this.#now
  }

  after(ms: number, work: () => void): () => void {
    const alarm = { at: this.#now + ms, work }
    this.#alarms.add(alarm)
    return () => this.#alarms.delete(alarm)
  }

  /** @param rung waits for what an alarm has begun, before time goes on */
  async moveTo(at: number, rung: () => Promise<void> = async () => undefined): Promise<void> {
    for (;;) {
      const [next] = [...this.#alarms].toSorted((a, b) => a.at - b.at)
      if (next === undefined || next.at > at) break
      this.#alarms.delete(next)
      this.#now = Math.max(this.#now, next.at)
      next.work()
      await rung()
    }
    this.#now = Math.max(this.#now, at)
  }

  move(ms: number): Promise<void> {
    return this.moveTo(this.#now + ms)
  }
}
