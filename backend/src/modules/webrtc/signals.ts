import { LIMITS } from '@lectern/protocol'
import { AppError } from '../../shared/errors.ts'
import type { Signal } from './media/media-engine.types.ts'
import type { Emission } from './webrtc.types.ts'

interface Relay {
  readonly sessionId: string
  /** The connection that it is for. */
  readonly to: string
  readonly signal: Signal
}

/** A signal as it arrives: what was sent, unchanged, and whose it is. */
export function signalFrom(fromUserId: string, { sessionId, to: connectionId, signal }: Relay): Emission {
  const to = [connectionId]
  const from = { sessionId, fromUserId }
  switch (signal.kind) {
    case 'offer':
      return { to, event: 'webrtc:offer_received', payload: { ...from, offer: signal.offer } }
    case 'answer':
      return { to, event: 'webrtc:answer_received', payload: { ...from, answer: signal.answer } }
    case 'candidate':
      return { to, event: 'webrtc:ice_candidate_received', payload: { ...from, candidate: signal.candidate } }
  }
}

/** @throws AppError `PAYLOAD_TOO_LARGE` */
export function requireSize(signal: Signal): void {
  if (signal.kind === 'candidate') {
    requireBytes(JSON.stringify(signal.candidate), LIMITS.candidateBytes)
    return
  }
  const { sdp, ...rest } = signal.kind === 'offer' ? signal.offer : signal.answer
  requireBytes(sdp, LIMITS.sdpBytes)
  // What else a description may hold is nobody's business here, but bounded.
  requireBytes(JSON.stringify(rest), LIMITS.candidateBytes)
}

function requireBytes(text: string, most: number): void {
  if (Buffer.byteLength(text) > most) throw new AppError('PAYLOAD_TOO_LARGE', `At most ${most} bytes.`, { limit: most })
}
