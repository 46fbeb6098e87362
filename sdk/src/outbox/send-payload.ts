import type { EventPayload } from '../connection/event-types.ts'
import type { OutboxEntry } from './outbox-entry.ts'

/** The event that sends it, the same at each try. */
export function sendPayload({ clientId, courseId, content }: OutboxEntry): EventPayload<'chat:send_message'> {
  const { message, messageType, file, replyTo, mentions } = content
  return {
    course_id: courseId,
    message,
    client_id: clientId,
    ...(messageType !== undefined && { message_type: messageType }),
    ...(file !== undefined && { file_id: file.id }),
    ...(replyTo !== undefined && { reply_to_id: replyTo.id }),
    ...(mentions !== undefined && { mentions: [...mentions] }),
  }
}
