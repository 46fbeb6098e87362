import type { ClassPorts } from './ports.ts'

/** Spread, since everybody of the class lost the connection at the same moment. */
const SOONEST_MS = 300
const SPREAD_MS = 1_200
/** After so many tries the server is not just starting anew. */
const TRIES = 60

/**
 * In a class one is back sooner than the connection's own pace has it: a place is kept for ten seconds. What the server
 * asks to wait is waited, and without a network there is nothing to try.
 */
export function returnQuickly({ transport, reconnect, clock, random }: ClassPorts): () => void {
  let stopTimer: () => void = () => undefined
  const look = () => {
    stopTimer()
    const state = transport.connection.getSnapshot()
    if (state.status !== 'waiting' || state.offline || state.attempt > TRIES) return
    if (state.error.retryAfterMs !== undefined) return
    stopTimer = clock.after(SOONEST_MS + random() * SPREAD_MS, reconnect)
  }
  const stop = transport.connection.subscribe(look)
  look()
  return () => {
    stop()
    stopTimer()
  }
}
