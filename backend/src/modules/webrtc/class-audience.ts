import { Broadcast } from '../../realtime/broadcast.ts'
import type { CourseAudience, EncodedEvent } from './webrtc.types.ts'

export interface AudiencePorts {
  readonly people: { enrolledIn(courseId: string): readonly Listener[] }
}

interface Listener {
  send(event: EncodedEvent): void
}

/** The course around a class: the connections of its people. */
export const courseAudience = ({ people }: AudiencePorts): CourseAudience => ({
  stateChanged(payload) {
    const broadcast = new Broadcast('webrtc:session_state', payload)
    for (const connection of people.enrolledIn(payload.courseId)) connection.send(broadcast)
  },
})
