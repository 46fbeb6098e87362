import { LIMITS } from '@lectern/protocol'
import { notFound } from '../../../shared/errors.ts'
import type { ClassLimits } from '../webrtc.types.ts'
import type { MediaEngine } from './media-engine.types.ts'

const MESH_LIMITS: ClassLimits = { participants: LIMITS.meshParticipants, cameras: LIMITS.meshCameras }

const nothing = (): void => undefined

/** Everybody connects to everybody: there is nothing to do, as long as they are few. */
export const meshEngine = (limits = MESH_LIMITS): MediaEngine => ({
  start: nothing,
  media: () => ({ topology: 'mesh', limits }),
  opened: nothing,
  closed: nothing,
  joined: nothing,
  reset: nothing,
  left: nothing,
  signal: async () => {
    throw notFound('No media server carries this class.')
  },
  close: async () => undefined,
})
