import { LIMITS } from '@lectern/protocol'
import { LecternError } from '../errors.ts'

/** The event's name, and what Socket.IO puts around it. */
const AROUND_BYTES = 1_024
const MOST_BYTES_A_UNIT = 3

/**
 * The server ends a connection on a frame that is too large, without an answer: sent again on every new one, it would
 * let none of them stand.
 * @throws LecternError `PAYLOAD_TOO_LARGE`
 */
export function requireFrame(payload: unknown): void {
  const room = LIMITS.frameBytes - AROUND_BYTES
  const text = JSON.stringify(payload) ?? ''
  if (text.length * MOST_BYTES_A_UNIT <= room || new TextEncoder().encode(text).length <= room) return
  throw new LecternError('PAYLOAD_TOO_LARGE', 'One event cannot bear so much.')
}
