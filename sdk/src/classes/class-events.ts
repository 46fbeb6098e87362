import type { ServerToClientEvents } from '@lectern/protocol'
import type { ClassEvent, FoldedEventName } from './classroom-fold.ts'
import type { ClassPorts } from './ports.ts'
import { namesOf, type Signal, withNames } from './signal.ts'

const FOLDED: readonly FoldedEventName[] = [
  'webrtc:participants_list',
  'webrtc:user_joined',
  'webrtc:user_left',
  'webrtc:user_audio_toggled',
  'webrtc:user_video_toggled',
  'webrtc:screen_share_started',
  'webrtc:screen_share_stopped',
  'webrtc:hand_raised',
  'webrtc:hand_lowered',
  'webrtc:session_locked',
  'webrtc:session_state',
  'webrtc:session_ended',
  'webrtc:topology_changed',
]

export interface ClassListener {
  folded<Name extends FoldedEventName>(name: Name, event: ClassEvent<Name>): void
  signalled(userId: string, signal: Signal): void
  reset(userId: string): void
  muteRequested(by: string): void
}

type Transport = ClassPorts['transport']

/** The server's events of one class. @returns stops listening */
export function listenToClass(transport: Transport, sessionId: string, listener: ClassListener): () => void {
  const isOurs = (event: { readonly sessionId: string }) => event.sessionId === sessionId
  const fold = <Name extends FoldedEventName>(name: Name) => {
    const take = (event: ClassEvent<Name>) => {
      if (isOurs(event)) listener.folded(name, event)
    }
    // Of this name, which the compiler does not conclude.
    return transport.on(name, take as ServerToClientEvents[Name])
  }
  const stops = [
    ...FOLDED.map(fold),
    transport.on('webrtc:offer_received', (event) => {
      if (isOurs(event)) listener.signalled(event.fromUserId, described('offer', event.offer))
    }),
    transport.on('webrtc:answer_received', (event) => {
      if (isOurs(event)) listener.signalled(event.fromUserId, described('answer', event.answer))
    }),
    transport.on('webrtc:ice_candidate_received', (event) => {
      // That there are no more is said by those that there are.
      if (!isOurs(event) || event.candidate === null) return
      const { candidate } = event
      listener.signalled(event.fromUserId, { kind: 'candidate', candidate, names: namesOf(candidate) })
    }),
    transport.on('webrtc:participant_reset', (event) => {
      if (isOurs(event)) listener.reset(event.userId)
    }),
    transport.on('webrtc:mute_requested', (event) => {
      if (isOurs(event)) listener.muteRequested(event.by)
    }),
  ]
  return () => {
    for (const stop of stops) stop()
  }
}

const described = (kind: 'offer' | 'answer', description: { readonly sdp: string }): Signal => ({
  kind,
  sdp: description.sdp,
  names: namesOf({ ...description }),
})

/** @throws LecternError */
export function emitSignal(transport: Transport, sessionId: string, targetUserId: string, signal: Signal) {
  const to = { sessionId, targetUserId }
  switch (signal.kind) {
    case 'offer':
      return transport.emit('webrtc:offer', {
        ...to,
        offer: withNames({ type: 'offer', sdp: signal.sdp }, signal.names),
      })
    case 'answer':
      return transport.emit('webrtc:answer', {
        ...to,
        answer: withNames({ type: 'answer', sdp: signal.sdp }, signal.names),
      })
    case 'candidate':
      return transport.emit('webrtc:ice_candidate', {
        ...to,
        candidate: withNames({ candidate: '', ...signal.candidate }, signal.names),
      })
  }
}
