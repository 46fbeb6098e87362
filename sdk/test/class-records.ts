import type { ClassSession, JoinSessionAnswer, Participant } from '@lectern/protocol'

export const SESSION: ClassSession = {
  id: 'session',
  course_id: 'course',
  title: 'Bài 1',
  status: 'live',
  scheduled_at: null,
  duration_min: null,
  started_at: '2026-01-01T00:00:00.000Z',
  ended_at: null,
  locked: false,
  lobby: true,
}

/** @param order of joining */
export const participantOf = (userId: string, order = 0): Participant => ({
  sessionId: SESSION.id,
  userId,
  userName: userId,
  displayName: userId,
  role: 'student',
  audio: false,
  video: false,
  screen: false,
  handRaisedAt: null,
  joinedAt: new Date(Date.UTC(2026, 0, 1) + order * 1_000).toISOString(),
})

/** Oneself is `me`, the last of them. */
export function answerOf(userIds: readonly string[], state: JoinSessionAnswer['state'] = 'joined'): JoinSessionAnswer {
  const you = participantOf('me', userIds.length)
  return {
    sessionId: SESSION.id,
    state,
    you,
    participants: state === 'lobby' ? [] : [...userIds.map(participantOf), you],
    iceServers: [],
    topology: 'mesh',
    session: SESSION,
  }
}
