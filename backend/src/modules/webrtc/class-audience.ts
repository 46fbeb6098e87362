import type { SystemContent } from '@lectern/protocol'
import type { Logger } from '../../shared/logger.ts'
import type { CourseAudience, PayloadOf } from './webrtc.types.ts'

export interface AudiencePorts {
  readonly people: { enrolledIn(courseId: string): readonly Listener[] }
  readonly chat: { announce(courseId: string, system: SystemContent): Promise<void> }
  readonly logger: Logger
}

interface Listener {
  emit(event: 'webrtc:session_state', payload: PayloadOf<'webrtc:session_state'>): void
}

/** The course around a class: the connections of its people, and its chat. */
export const courseAudience = ({ people, chat, logger }: AudiencePorts): CourseAudience => ({
  stateChanged(payload) {
    for (const connection of people.enrolledIn(payload.courseId)) connection.emit('webrtc:session_state', payload)
  },
  announce(courseId, system) {
    chat
      .announce(courseId, system)
      .catch((error: unknown) => logger.error({ err: error, courseId }, 'a class was not announced'))
  },
})
