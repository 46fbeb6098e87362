import type { Connection } from './connection.ts'
import { wireOf } from './corked-transport.ts'

/** Several of the longest answers (a join with 500 long messages), or a busy room's half minute. */
const MAX_UNSENT = 16 * 1_048_576

/**
 * Gives up a client that does not take what it is sent: what waits for it would otherwise grow without a bound, and
 * anybody could ask for more than they read. It comes back to where it was, as after any lost connection.
 */
export function boundUnsent(connection: Connection, exceeded: () => void): void {
  const giveUp = (): void => {
    if (connection.isGivenUp) return
    exceeded()
    connection.giveUp()
  }
  boundPolling(connection, giveUp)
  boundWebSocket(connection, giveUp)
}

/** Engine.IO keeps what waits for the next request. */
function boundPolling({ socket: { conn } }: Connection, giveUp: () => void): void {
  let waiting = 0
  conn.on('packetCreate', ({ data }: { data?: unknown }) => {
    waiting += typeof data === 'string' ? data.length : 0
    if (waiting > MAX_UNSENT) giveUp()
  })
  // The transport takes all that waits, and not before what it took last has left.
  conn.on('flush', () => {
    waiting = 0
  })
}

function boundWebSocket({ socket: { conn } }: Connection, giveUp: () => void): void {
  const watch = (transport: object): void => wireOf(transport)?.bound(MAX_UNSENT, giveUp)
  watch(conn.transport)
  conn.on('upgrade', watch)
}
