import { CLASS_CLIENT_EVENTS as EVENTS, toTime } from '@lectern/protocol'
import type { Connection } from '../../realtime/connection.ts'
import { handle, type Outcome } from '../../realtime/dispatcher.ts'
import * as actions from './class-actions.ts'
import type { ClassDraft } from './class-state.ts'
import { senderOf, type WebrtcService } from './webrtc.service.ts'

/** Live classes over Socket.IO: what each event does. The dispatcher has parsed, counted and ordered it. */
export const classEvents = (service: WebrtcService) => {
  const nothing = async (done: Promise<unknown>): Promise<Record<string, never>> => {
    await done
    return {}
  }

  /** The next event of the connection waits until this one has its place, and not until it is on disk. */
  const act = async (
    connection: Connection,
    sessionId: string,
    decide: (draft: ClassDraft, sender: actions.Sender) => void,
  ): Promise<Outcome<Record<string, never>>> => {
    const sender = senderOf(connection)
    const { stored } = await service.act(connection, sessionId, (draft) => decide(draft, sender))
    return { later: nothing(stored) }
  }

  return {
    'webrtc:join_session': handle(EVENTS['webrtc:join_session'], async (connection, payload) => {
      const answer = await service.join(connection, payload)
      return { now: () => answer }
    }),

    'webrtc:leave_session': handle(EVENTS['webrtc:leave_session'], async (connection, { sessionId }) => {
      await service.leave(connection, sessionId)
      return { now: () => ({}) }
    }),

    'webrtc:offer': handle(EVENTS['webrtc:offer'], async (connection, { offer, ...where }) => {
      await service.signal(connection, where, { kind: 'offer', offer })
      return { now: () => ({}) }
    }),

    'webrtc:answer': handle(EVENTS['webrtc:answer'], async (connection, { answer, ...where }) => {
      await service.signal(connection, where, { kind: 'answer', answer })
      return { now: () => ({}) }
    }),

    'webrtc:ice_candidate': handle(EVENTS['webrtc:ice_candidate'], async (connection, { candidate, ...where }) => {
      await service.signal(connection, where, { kind: 'candidate', candidate })
      return { now: () => ({}) }
    }),

    'webrtc:toggle_audio': handle(EVENTS['webrtc:toggle_audio'], (connection, { sessionId, enabled }) =>
      act(connection, sessionId, (draft, sender) => actions.toggleAudio(draft, sender, enabled)),
    ),

    'webrtc:toggle_video': handle(EVENTS['webrtc:toggle_video'], (connection, { sessionId, enabled }) =>
      act(connection, sessionId, (draft, sender) => actions.toggleVideo(draft, sender, enabled)),
    ),

    'webrtc:screen_share_start': handle(EVENTS['webrtc:screen_share_start'], (connection, { sessionId }) =>
      act(connection, sessionId, actions.startScreen),
    ),

    'webrtc:screen_share_stop': handle(EVENTS['webrtc:screen_share_stop'], (connection, { sessionId }) =>
      act(connection, sessionId, actions.stopScreen),
    ),

    'webrtc:raise_hand': handle(EVENTS['webrtc:raise_hand'], async (connection, { sessionId, userId }) => {
      const sender = senderOf(connection)
      const { stored } = await service.act(connection, sessionId, (draft) => actions.raiseHand(draft, sender, userId))
      return { later: stored.then((at) => ({ raisedAt: toTime(at) })) }
    }),

    'webrtc:lower_hand': handle(EVENTS['webrtc:lower_hand'], (connection, { sessionId, userId }) =>
      act(connection, sessionId, (draft, sender) => actions.lowerHand(draft, sender, userId)),
    ),

    'webrtc:mute_participant': handle(EVENTS['webrtc:mute_participant'], (connection, { sessionId, userId }) =>
      act(connection, sessionId, (draft, sender) => actions.mute(draft, sender, userId)),
    ),

    'webrtc:remove_participant': handle(EVENTS['webrtc:remove_participant'], async (connection, payload) => {
      const { stored } = await service.remove(connection, payload)
      return { later: nothing(stored) }
    }),

    'webrtc:lock_session': handle(EVENTS['webrtc:lock_session'], (connection, { sessionId, locked }) =>
      act(connection, sessionId, (draft, sender) => actions.lock(draft, sender, locked)),
    ),
  }
}
