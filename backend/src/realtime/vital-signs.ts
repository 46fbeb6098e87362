import type { Clock } from '../shared/clock.ts'
import type { Connection } from './connection.ts'

/** Notes when anything came from a client last: a network that goes is noticed much later than it went. */
export function watchLife(connection: Connection, clock: Clock): void {
  const { conn } = connection.socket
  const note = (): void => {
    connection.lastSeenAt = clock.now()
  }
  note()
  conn.on('packet', note)
  // The client, or its system, has closed it by now.
  conn.on('close', (reason: string) => {
    if (reason === 'transport close') note()
  })
}
