import type { Clock } from '../src/clock.ts'

/** Every wait is over at once, in a task of its own; how long it would have been is kept. */
export class InstantClock implements Clock {
  readonly waits: number[] = []

  now(): number {
    return Date.parse('2026-01-01T00:00:00.000Z')
  }

  after(ms: number, act: () => void): () => void {
    this.waits.push(ms)
    const task = setImmediate(act)
    return () => clearImmediate(task)
  }
}
