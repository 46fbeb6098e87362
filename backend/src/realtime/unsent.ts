import type { Connection } from './connection.ts'

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

function boundWebSocket(connection: Connection, giveUp: () => void): void {
  const bound = (): void => connection.wire?.bound(MAX_UNSENT, giveUp)
  bound()
  connection.socket.conn.on('upgrade', bound)
}
