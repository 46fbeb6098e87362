import type { Clock } from '../clock.ts'

/** A while, or until somebody ends it, or the signal does. */
export class Wait {
  readonly over: Promise<void>
  readonly end: () => void

  constructor(clock: Clock, ms: number, signal: AbortSignal) {
    const { promise, resolve } = Promise.withResolvers<void>()
    const end = (): void => resolve()
    const callOff = clock.after(ms, end)
    signal.addEventListener('abort', end)
    this.end = end
    this.over = promise.finally(() => {
      callOff()
      signal.removeEventListener('abort', end)
    })
  }
}
