import type { CLASS_SERVER_EVENTS, ClassSession, JoinSessionAnswer, Participant, Topology } from '@lectern/protocol'
import type { SchemaOutput } from '../schema-types.ts'
import type { LeftReason } from './classroom.types.ts'

/** One class as the server has it, as far as it is known here. */
export interface FoldedClass {
  readonly session: ClassSession
  readonly state: JoinSessionAnswer['state']
  readonly topology: Topology
  /** In the lobby: what one will be. */
  readonly you: Participant
  /** In the order of joining, oneself included; empty in the lobby. */
  readonly participants: readonly Participant[]
  /** Why one is in it no more. */
  readonly left: Exclude<LeftReason['kind'], 'refused'> | undefined
}

type ClassEvents = typeof CLASS_SERVER_EVENTS
export type ClassEvent<Name extends keyof ClassEvents> = SchemaOutput<ClassEvents[Name]['payload']>

type Signals = 'webrtc:offer_received' | 'webrtc:answer_received' | 'webrtc:ice_candidate_received'
/** Those that tell of the class; the others are for the media, for the microphone, or of an event that failed. */
export type FoldedEventName = Exclude<
  keyof ClassEvents,
  Signals | 'webrtc:participant_reset' | 'webrtc:mute_requested' | 'webrtc:error'
>
type Folds = { readonly [Name in FoldedEventName]: (state: FoldedClass, event: ClassEvent<Name>) => FoldedClass }

/** The answer is all that there is to know, whatever was known before. */
export const foldAnswer = ({ session, state, topology, you, participants }: JoinSessionAnswer): FoldedClass => ({
  session,
  state,
  topology,
  you,
  participants,
  left: undefined,
})

/**
 * An event of another class, or one that tells what is known already, gives the same object: what is folded twice
 * changes nothing.
 */
export function foldEvent<Name extends FoldedEventName>(
  state: FoldedClass,
  name: Name,
  event: ClassEvent<Name>,
): FoldedClass {
  return event.sessionId === state.session.id ? FOLDS[name](state, event) : state
}

const FOLDS: Folds = {
  'webrtc:participants_list': (state, { state: joinState, participants }) => ({
    ...state,
    state: joinState,
    participants,
    you: participants.find(isOf(state.you)) ?? state.you,
  }),
  'webrtc:user_joined': foldJoined,
  'webrtc:user_left': foldLeft,
  'webrtc:user_audio_toggled': (state, { userId, enabled }) => foldPerson(state, userId, { audio: enabled }),
  'webrtc:user_video_toggled': (state, { userId, enabled }) => foldPerson(state, userId, { video: enabled }),
  'webrtc:screen_share_started': (state, { userId }) => foldPerson(state, userId, { screen: true }),
  'webrtc:screen_share_stopped': (state, { userId }) => foldPerson(state, userId, { screen: false }),
  'webrtc:hand_raised': (state, { userId, raisedAt }) => foldPerson(state, userId, { handRaisedAt: raisedAt }),
  'webrtc:hand_lowered': (state, { userId }) => foldPerson(state, userId, { handRaisedAt: null }),
  'webrtc:session_locked': (state, { locked }) => foldSession(state, { locked }),
  'webrtc:session_state': (state, { status }) => foldSession(state, { status }),
  'webrtc:session_ended': (state) => foldOut(foldSession(state, { status: 'ended' }), 'ended'),
  'webrtc:topology_changed': (state, { topology }) => (state.topology === topology ? state : { ...state, topology }),
}

const isOf =
  ({ userId }: Pick<Participant, 'userId'>) =>
  (participant: Participant): boolean =>
    participant.userId === userId

/** The list is in the order of joining, also where this was told late. Who is known as having joined later is known better. */
function foldJoined(state: FoldedClass, joined: Participant): FoldedClass {
  const known = state.participants.find(isOf(joined))
  if (known !== undefined && known.joinedAt >= joined.joinedAt) return state
  const others = state.participants.filter((participant) => participant !== known)
  const place = others.findIndex(({ joinedAt }) => joinedAt > joined.joinedAt)
  const participants = others.toSpliced(place < 0 ? others.length : place, 0, joined)
  return { ...state, participants, you: isOf(state.you)(joined) ? joined : state.you }
}

function foldLeft(state: FoldedClass, { userId, reason }: ClassEvent<'webrtc:user_left'>): FoldedClass {
  if (userId === state.you.userId) return foldOut(state, reason === 'disconnected' ? 'left' : reason)
  const participants = state.participants.filter((participant) => participant.userId !== userId)
  return participants.length === state.participants.length ? state : { ...state, participants }
}

const foldOut = (state: FoldedClass, left: FoldedClass['left']): FoldedClass =>
  state.left === undefined ? { ...state, left } : state

/** What changed of one person; nothing of who is not there. */
export function foldPerson(state: FoldedClass, userId: string, change: Partial<Participant>): FoldedClass {
  const known = state.participants.find(isOf({ userId }))
  if (known === undefined || isSame(known, change)) return state
  const changed = { ...known, ...change }
  return {
    ...state,
    participants: state.participants.map((participant) => (participant === known ? changed : participant)),
    you: userId === state.you.userId ? changed : state.you,
  }
}

function foldSession(state: FoldedClass, change: Partial<ClassSession>): FoldedClass {
  return isSame(state.session, change) ? state : { ...state, session: { ...state.session, ...change } }
}

const isSame = <Known extends object>(known: Known, change: Partial<Known>): boolean =>
  Object.entries(change).every(([key, value]) => Reflect.get(known, key) === value)

/** User ids in the order in which the hands were raised, by the server's clock. */
export const handsOf = ({ participants }: FoldedClass): string[] =>
  participants
    .flatMap(({ userId, handRaisedAt }) => (handRaisedAt === null ? [] : [{ userId, handRaisedAt }]))
    .sort((one, other) => (one.handRaisedAt < other.handRaisedAt ? -1 : 1))
    .map(({ userId }) => userId)
