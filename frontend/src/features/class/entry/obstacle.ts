import { LecternError } from '@lectern/client'
import type { LeftReason } from '@lectern/client/classes'
import { LIMITS } from '@lectern/protocol'

/** Why one is not in a class, as somebody can be told. */
export type Obstacle =
  | 'left'
  | 'ended'
  | 'removed'
  | 'replaced'
  | 'locked'
  | 'banned'
  | 'full'
  | 'cameras'
  | 'over'
  | 'gone'
  | 'failed'

export function obstacleOf(reason: LeftReason): Obstacle {
  return reason.kind === 'refused' ? refusalOf(reason.error) : reason.kind
}

function refusalOf({ code, details }: LecternError): Obstacle {
  const { reason, limit } = details
  if (code === 'FORBIDDEN') return reason === 'locked' || reason === 'banned' ? reason : 'failed'
  if (code === 'NOT_FOUND') return 'gone'
  if (code !== 'CONFLICT') return 'failed'
  if (limit === undefined) return 'over'
  return limit === LIMITS.meshCameras ? 'cameras' : 'full'
}

/** The name was refused: that is mended where it was entered. */
export const isNameRefused = (reason: LeftReason): boolean =>
  reason.kind === 'refused' && reason.error instanceof LecternError && reason.error.code === 'VALIDATION_FAILED'
