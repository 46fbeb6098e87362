import type { SystemContent } from '@lectern/protocol'
import { Broadcast } from '../../realtime/broadcast.ts'
import type { Logger } from '../../shared/logger.ts'
import type { CourseAudience, EncodedEvent } from './webrtc.types.ts'

export interface AudiencePorts {
  readonly people: { enrolledIn(courseId: string): readonly Listener[] }
  readonly chat: { announce(courseId: string, system: SystemContent): Promise<void> }
  readonly logger: Logger
}

interface Listener {
  send(event: EncodedEvent): void
}

/** The course around a class: the connections of its people, and its chat. */
export const courseAudience = ({ people, chat, logger }: AudiencePorts): CourseAudience => ({
  stateChanged(payload) {
    const broadcast = new Broadcast('webrtc:session_state', payload)
    for (const connection of people.enrolledIn(payload.courseId)) connection.send(broadcast)
  },
  announce(courseId, system) {
    chat
      .announce(courseId, system)
      .catch((error: unknown) => logger.error({ err: error, courseId }, 'a class was not announced'))
  },
})
