import { createClient } from '@lectern/client'
import { type Classroom, type ClassroomState, createClassrooms, type LocalMedia } from '@lectern/client/classes'

export interface Entrance {
  readonly url: string
  readonly token: string
  readonly sessionId: string
  /** Whether media go by TURN alone. */
  readonly relay?: boolean
}

/** What one person sees of another. */
export interface SeenPeer {
  readonly link: string
  readonly audio: boolean
  readonly video: boolean
  /** Pictures shown so far, and their width. */
  readonly frames: number
  readonly width: number
  readonly screenFrames: number
  readonly screenWidth: number
  /** Samples of sound that were heard. */
  readonly heard: number
  /** Packets of sound that came, and that were lost on the way. */
  readonly received: number
  readonly lost: number
}

export interface Seen {
  readonly status: ClassroomState['status']
  readonly left: string | undefined
  readonly isOnline: boolean
  readonly you: readonly ('audio' | 'video' | 'screen')[]
  readonly isMuted: boolean
  readonly hands: readonly string[]
  readonly speaking: readonly string[]
  readonly mutedBy: string | undefined
  readonly adaptation: string
  readonly peers: Readonly<Record<string, SeenPeer>>
}

/** A page with nothing but a class, as a test uses it. */
export interface ClassPage {
  /** With microphone and camera on; resolves when in. */
  enter(entrance: Entrance): Promise<void>
  readonly room: Classroom
  readonly media: LocalMedia
  /** Milliseconds from `join` to the first picture. */
  readonly firstFrames: Readonly<Record<string, number>>
  /** What STUN and TURN servers refused (RFC 8489, 14.8). */
  readonly iceErrors: readonly number[]
  look(): Promise<Seen>
}

declare global {
  interface Window {
    classPage: ClassPage
  }
}

const videos = new Map<MediaStream, HTMLVideoElement>()
const connections: RTCPeerConnection[] = []
const firstFrames: Record<string, number> = {}
const iceErrors: number[] = []
let made: { readonly room: Classroom; readonly media: LocalMedia } | undefined
let joinedAt = 0

class Watched extends RTCPeerConnection {
  constructor(configuration?: RTCConfiguration) {
    super(configuration)
    connections.push(this)
    this.addEventListener('icecandidateerror', ({ errorCode }) => iceErrors.push(errorCode))
  }
}
window.RTCPeerConnection = Watched

function videoOf(stream: MediaStream, shown: () => void): HTMLVideoElement {
  const known = videos.get(stream)
  if (known !== undefined) return known
  const video = Object.assign(document.createElement('video'), { autoplay: true, muted: true, srcObject: stream })
  video.requestVideoFrameCallback(shown)
  document.body.append(video)
  videos.set(stream, video)
  return video
}

const framesOf = (video: HTMLVideoElement | undefined): number => video?.getVideoPlaybackQuality().totalVideoFrames ?? 0

/** What came of one track (W3C webrtc-stats, `inbound-rtp`). */
async function soundOf(track: MediaStreamTrack | undefined) {
  const receivers = connections.flatMap((connection) => connection.getReceivers())
  const report = await receivers.find((receiver) => receiver.track === track)?.getStats()
  const inbound = [...(report?.values() ?? [])].find(({ type }) => type === 'inbound-rtp')
  const { totalSamplesReceived: heard = 0, packetsReceived: received = 0, packetsLost: lost = 0 } = inbound ?? {}
  return { heard, received, lost }
}

async function seen(state: ClassroomState, isMuted: boolean): Promise<Seen> {
  const nothing = { left: undefined, isOnline: false, you: [], hands: [], speaking: [], mutedBy: undefined, peers: {} }
  if (state.status !== 'joined') {
    const left = state.status === 'left' ? state.reason.kind : undefined
    return { ...nothing, status: state.status, left, isMuted, adaptation: '' }
  }
  const peers = state.peers.map(async ({ participant, link, media, screen }): Promise<[string, SeenPeer]> => {
    const { userId, audio, video } = participant
    const picture = media && videos.get(media)
    const shown = screen && videos.get(screen)
    const sound = await soundOf(media?.getAudioTracks()[0])
    const { videoWidth: width = 0 } = picture ?? {}
    const { videoWidth: screenWidth = 0 } = shown ?? {}
    const screenFrames = framesOf(shown)
    return [
      userId,
      { link: link.status, audio, video, frames: framesOf(picture), width, screenFrames, screenWidth, ...sound },
    ]
  })
  const { you, hands, speaking, mutedBy, adaptation, signal, status } = state
  return {
    status,
    left: undefined,
    isOnline: signal === 'online',
    you: (['audio', 'video', 'screen'] as const).filter((flag) => you[flag]),
    isMuted,
    hands,
    speaking,
    mutedBy,
    adaptation: adaptation.step,
    peers: Object.fromEntries(await Promise.all(peers)),
  }
}

function present() {
  if (made === undefined) throw new Error('Nobody has entered.')
  return made
}

/** As a page does it: shows whatever there is. */
function show(room: Classroom): void {
  const state = room.getSnapshot()
  if (state.status !== 'joined') return
  for (const { participant, media, screen } of state.peers) {
    const { userId } = participant
    const first = () => {
      firstFrames[userId] ??= Math.round(performance.now() - joinedAt)
    }
    if (media !== undefined) videoOf(media, first)
    if (screen !== undefined) videoOf(screen, () => undefined)
  }
}

window.classPage = {
  firstFrames,
  iceErrors,
  get room() {
    return present().room
  },
  get media() {
    return present().media
  },
  async enter({ url, token, sessionId, relay = false }) {
    const client = createClient({ url, token })
    client.connect()
    const classrooms = createClassrooms(client)
    const media = classrooms.createLocalMedia()
    const room = classrooms.classroom(sessionId, media, relay ? { iceTransportPolicy: 'relay' } : {})
    made = { room, media }
    room.subscribe(() => show(room))
    await media.setMicrophone(true)
    await media.setCamera(true)
    joinedAt = performance.now()
    await room.join()
  },
  look() {
    const { room, media } = present()
    return seen(room.getSnapshot(), media.getSnapshot().isMuted)
  },
}
