import { RUNGS } from './ladder.ts'

/** What a sender is told of its one encoding. */
export interface Encoding {
  readonly active: boolean
  readonly maxBitrate: number
  readonly scaleResolutionDownBy?: number
  readonly maxFramerate?: number
  readonly priority: RTCPriorityType
  readonly networkPriority: RTCPriorityType
}

/** What one sends to all together, at most: a mesh sends once for each. */
const UPLOAD_BPS = 2_400_000
const SCREEN_FRAMES = 15

const share = (most: number, peers: number): number => Math.round(Math.min(most, UPLOAD_BPS / Math.max(1, peers)))

/** Opus with the forward error correction that browsers switch on by themselves, without gaps in silence. */
export const AUDIO: Encoding = { active: true, maxBitrate: 32_000, priority: 'high', networkPriority: 'high' }

export interface CameraUse {
  readonly rung: number
  /** Allowed as much as the next rung, for the network to be probed. */
  readonly isProbing: boolean
  readonly peers: number
  /** Of what the camera gives, in pixels. */
  readonly shorterSide: number
}

export function cameraEncoding({ rung, isProbing, peers, shorterSide }: CameraUse): Encoding {
  const { height, most } = RUNGS[rung] ?? { height: 0, most: 0 }
  const allowed = isProbing ? (RUNGS[rung + 1]?.most ?? most) : most
  return {
    active: height > 0,
    // Also what is not sent has to have one.
    maxBitrate: Math.max(30_000, share(allowed, peers)),
    scaleResolutionDownBy: height === 0 ? 1 : Math.max(1, shorterSide / height),
    priority: 'low',
    networkPriority: 'low',
  }
}

/** A screen is read: all its pixels, and fewer pictures of it. */
export const screenEncoding = (peers: number): Encoding => ({
  active: true,
  maxBitrate: share(2_000_000, peers),
  scaleResolutionDownBy: 1,
  maxFramerate: SCREEN_FRAMES,
  priority: 'medium',
  networkPriority: 'medium',
})
