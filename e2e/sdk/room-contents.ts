import type { CourseRoom } from '@lectern/client'
import { COURSE_CHAT_ROUTES, type MessageRecord } from '@lectern/protocol'
import { restOf } from '../rig/rest.ts'
import type { ServerProcess } from '../rig/server-process.ts'

/** What everybody sees alike: but for the sender's own id of a message, and what a deletion leaves of it. */
const shown = ({ client_id: _, ...message }: MessageRecord) =>
  message.deleted_at === null ? message : { ...message, edited_at: null, pinned_at: null }

/** The whole log, as REST has it. */
export async function storedIn(server: ServerProcess, token: string, courseId: string) {
  const log: MessageRecord[] = []
  for (let isMore = true; isMore; ) {
    const query = { after: log.length, limit: 100 }
    const { data, meta } = await restOf(server.url, token)(COURSE_CHAT_ROUTES.listMessages, {
      params: { courseId },
      query,
    })
    log.push(...data)
    isMore = meta.next_cursor !== null
  }
  return log.map(shown)
}

/** The whole log, as a room has it; what is not loaded is loaded. @throws LecternError */
export async function seenIn(room: CourseRoom) {
  const { lastSeq } = room.getSnapshot().timeline
  await room.load(1, lastSeq)
  const { timeline } = room.getSnapshot()
  return Array.from({ length: lastSeq }, (_, index) => {
    const message = timeline.at(index + 1)
    return message === undefined ? undefined : shown(message)
  })
}
