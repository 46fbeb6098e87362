import type { IceServersAnswer } from '@lectern/protocol'
import type { Clock } from '../clock.ts'
import type { Transport } from '../ports.ts'

/** What classes need of the client. */
export interface ClassPorts {
  readonly transport: Transport
  readonly connect: () => void
  /** Tries now, rather than when the connection would. */
  readonly reconnect: () => void
  /** STUN and TURN, with new credentials. @throws LecternError */
  readonly iceServers: (sessionId: string) => Promise<IceServersAnswer>
  readonly clock: Clock
  readonly random: () => number
}
