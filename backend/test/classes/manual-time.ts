import type { SteadyTime } from '../../src/shared/steady-time.ts'

interface Alarm {
  readonly at: number
  readonly work: () => void
}

/** Stands still until it is moved, and then runs what is due, in the order in which it is. */
export class ManualTime implements SteadyTime {
  #now: number
  readonly #alarms = new Set<Alarm>()

  constructor(now = Math.floor(Date.now() / 1000) * 1000) {
    this.#now = now
  }

  now = (): number => this.#now

  after(ms: number, work: () => void): () => void {
    const alarm = { at: this.#now + ms, work }
    this.#alarms.add(alarm)
    return () => this.#alarms.delete(alarm)
  }

  advance(ms: number): void {
    for (const alarm of this.#until(this.#now + ms)) alarm.work()
  }

  /** @param rung waits for what an alarm has begun, before time goes on */
  async moveTo(at: number, rung: () => Promise<void>): Promise<void> {
    for (const alarm of this.#until(at)) {
      alarm.work()
      await rung()
    }
  }

  /** Each when it is time for it; also those that were set meanwhile. */
  *#until(until: number): Generator<Alarm> {
    for (let due = this.#next(until); due !== undefined; due = this.#next(until)) {
      this.#alarms.delete(due)
      this.#now = Math.max(this.#now, due.at)
      yield due
    }
    this.#now = Math.max(this.#now, until)
  }

  #next(until: number): Alarm | undefined {
    const due = [...this.#alarms].filter(({ at }) => at <= until)
    return due.reduce<Alarm | undefined>(
      (first, alarm) => (first === undefined || alarm.at < first.at ? alarm : first),
      undefined,
    )
  }
}
