import type { Socket } from 'socket.io'
import { z } from 'zod'
import type { UserActor } from '../access/actor.ts'
import { readTokenCookies } from '../http/cookies.ts'
import { originAllowed, sourceOf } from '../http/origin.ts'
import { forbidden, unauthenticated } from '../shared/errors.ts'
import { parseOffset } from './room-events.ts'
import type { Previous } from './seats.ts'

export interface HandshakePorts {
  readonly authenticate: (token: string) => Promise<UserActor>
  /** `PUBLIC_URL` and `ALLOWED_ORIGINS`, as a browser spells them. */
  readonly allowedOrigins: ReadonlySet<string>
}

/** What a Socket.IO client says of itself when it comes back: the id that it was given, and the offset of the last event it handled. */
const handshakeAuth = z.object({
  token: z.string().min(1).optional().catch(undefined),
  pid: z.string().max(64).optional().catch(undefined),
  offset: z.string().max(160).optional().catch(undefined),
})

const authOf = (socket: Socket) => handshakeAuth.catch({}).parse(socket.handshake.auth)

/** @throws AppError `UNAUTHENTICATED`; `FORBIDDEN` for a cookie that a foreign page rides on */
export async function authenticateHandshake(socket: Socket, ports: HandshakePorts): Promise<UserActor> {
  const { token } = authOf(socket)
  if (token !== undefined) return ports.authenticate(token)
  const { headers, secure } = socket.handshake
  const { access } = readTokenCookies(headers.cookie)
  if (access === undefined) throw unauthenticated()
  if (!originAllowed(sourceOf(headers, headers.host, secure), ports.allowedOrigins)) {
    throw forbidden('This connection comes from a page of another site.')
  }
  return ports.authenticate(access)
}

export function previousOf(socket: Socket): Previous | undefined {
  const { pid, offset } = authOf(socket)
  return pid === undefined ? undefined : { id: pid, offset: offset === undefined ? undefined : parseOffset(offset) }
}
