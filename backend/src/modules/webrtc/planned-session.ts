import type { StoredSession } from './webrtc.types.ts'

type Given = Pick<StoredSession, 'id' | 'courseId' | 'title' | 'lobby' | 'createdAt'> & Partial<StoredSession>

/** A class that nothing has happened to yet. */
export const plannedSession = (given: Given): StoredSession => ({
  status: 'scheduled',
  createdBy: null,
  locked: false,
  lastPlace: 0,
  lastHandAt: 0,
  scheduledAt: null,
  durationMin: null,
  startedAt: null,
  endedAt: null,
  emptySince: null,
  deletedAt: null,
  ...given,
})
