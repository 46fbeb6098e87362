import { z } from 'zod'
import { deletedMessage, messageRecord, onlineUser, onlineUsers, unreadRecord } from './chat.ts'
import { checkSent, editedText, sendFields } from './chat-input.ts'
import { emoji } from './emoji.ts'
import { eventError } from './envelope.ts'
import { defineClientEvent, defineServerEvent } from './events.ts'
import { LIMITS } from './limits.ts'
import { effectiveRole } from './roles.ts'
import { count, id, position } from './scalars.ts'
import { wireInput } from './spelling.ts'
import { time } from './times.ts'

const course = wireInput({ courseId: id })
const epoch = z.string().min(1).max(LIMITS.id)

export const joinPayload = wireInput({
  courseId: id,
  sinceRev: position.exactOptional().describe('The last `rev` the client has; the ack then bears what changed since.'),
  epoch: epoch.exactOptional().describe('The `epoch` that `sinceRev` was had in.'),
})
export type JoinPayload = z.output<typeof joinPayload>

export const joinAnswer = z
  .object({
    courseId: id,
    role: effectiveRole,
    epoch: z.string(),
    lastSeq: position,
    lastRev: position,
    onlineUsers: z.array(onlineUser).describe('In a big room only the first, staff first.'),
    onlineCount: count,
    changes: z.array(messageRecord).max(LIMITS.changes).describe('By `rev`, as the messages are now.'),
    more: z.boolean().describe('Whether further changes wait: fetch them with `since_rev`.'),
    reset: z.boolean().describe('Drop what you have and read the latest page.'),
  })
  .meta({ id: 'JoinAnswer' })
export type JoinAnswer = z.infer<typeof joinAnswer>

export const sendPayload = wireInput({ course_id: id, ...sendFields }).superRefine(checkSent)
export type SendPayload = z.output<typeof sendPayload>

const message = wireInput({ message_id: id })
const reactionPayload = wireInput({ message_id: id, emoji })
const nothing = z.object({})

export const CHAT_CLIENT_EVENTS = {
  'chat:join_room': defineClientEvent({
    payload: joinPayload,
    ack: joinAnswer,
    limit: 'event',
    summary: "Enter a course's room: from here on its events arrive.",
  }),
  'chat:leave_room': defineClientEvent({
    payload: course,
    ack: z.object({ courseId: id }),
    limit: 'event',
    summary: 'Leave the room.',
  }),
  'chat:send_message': defineClientEvent({
    payload: sendPayload,
    ack: messageRecord,
    limit: 'change',
    summary: 'Send a message; needs the enrolment, not the join. Repeating it with the same `client_id` is safe.',
  }),
  'chat:edit_message': defineClientEvent({
    payload: wireInput({ message_id: id, message: editedText }),
    ack: messageRecord,
    limit: 'change',
    summary: "Change one's own message.",
  }),
  'chat:delete_message': defineClientEvent({
    payload: message,
    ack: deletedMessage,
    limit: 'change',
    summary: "Delete one's own message; staff anybody's.",
  }),
  'chat:typing_start': defineClientEvent({
    payload: course,
    ack: nothing,
    limit: 'typing',
    summary: `Say that one types; ends by itself after ${LIMITS.typingSeconds} s. Needs the join.`,
  }),
  'chat:typing_stop': defineClientEvent({
    payload: course,
    ack: nothing,
    limit: 'typing',
    summary: 'Say that one no longer types. Needs the join.',
  }),
  'chat:get_online_users': defineClientEvent({
    payload: course,
    ack: onlineUsers,
    limit: 'event',
    summary: 'Ask who is in the room; also answered by `chat:online_users`.',
  }),
  'chat:mark_read': defineClientEvent({
    payload: wireInput({ courseId: id, seq: position }),
    ack: unreadRecord,
    limit: 'event',
    summary: "Move one's mark up to `seq`; it never goes back.",
  }),
  'chat:react': defineClientEvent({
    payload: reactionPayload,
    ack: messageRecord,
    limit: 'change',
    summary: `React with one emoji; at most ${LIMITS.emojiKinds} kinds a message.`,
  }),
  'chat:unreact': defineClientEvent({
    payload: reactionPayload,
    ack: messageRecord,
    limit: 'change',
    summary: "Take one's reaction back.",
  }),
}

const whoAndWhen = z.object({ courseId: id, userId: id, userName: z.string(), at: time })
const room = 'Everyone in the room, the sender included.'
const othersInRoom = 'Everyone else in the room.'

export const CHAT_SERVER_EVENTS = {
  'chat:new_message': defineServerEvent({ payload: messageRecord, summary: 'A message was stored.', to: room }),
  'chat:message_updated': defineServerEvent({
    payload: messageRecord,
    summary: 'A message was edited, reacted to, pinned or unpinned.',
    to: room,
  }),
  'chat:message_deleted': defineServerEvent({
    payload: deletedMessage.extend({ deleted_by: id, deleted_at: time }).meta({ id: 'MessageDeleted' }),
    summary: 'A message was deleted; copies of it in replies are to be blanked.',
    to: room,
  }),
  'chat:user_joined': defineServerEvent({
    payload: whoAndWhen,
    summary: 'Somebody entered; once per person, however many connections.',
    to: othersInRoom,
  }),
  'chat:user_left': defineServerEvent({
    payload: whoAndWhen,
    summary: 'Somebody left; a connection that drops and is soon back causes none.',
    to: othersInRoom,
  }),
  'chat:presence': defineServerEvent({
    payload: z.object({ courseId: id, count, joined: z.array(onlineUser), left: z.array(id) }),
    summary:
      'Who came and went in a big room, instead of `chat:user_joined` and `chat:user_left`; at most once a second.',
    to: 'Everyone in a big room.',
  }),
  'chat:user_typing': defineServerEvent({
    payload: z.object({ courseId: id, userId: id, userName: z.string(), isTyping: z.boolean() }),
    summary: 'Somebody began or ceased to type.',
    to: othersInRoom,
  }),
  'chat:online_users': defineServerEvent({
    payload: onlineUsers,
    summary: 'Who is in the room; of a big room only the first, staff first.',
    to: 'Who asked, and who has just joined.',
  }),
  'chat:activity': defineServerEvent({
    payload: z.object({ courseId: id, lastSeq: position, unread: count, mentioned: z.boolean() }),
    summary: 'Something new in a course whose room one is not in; at most once a second per course.',
    to: 'Every connection of the enrolled who are not in the room.',
  }),
  'chat:read': defineServerEvent({
    payload: z.object({ courseId: id, seq: position }),
    summary: "One's mark moved, on another connection.",
    to: "The person's other connections.",
  }),
  'chat:error': defineServerEvent({
    payload: eventError,
    summary: 'An event that was sent without an ack failed.',
    to: 'The sender.',
  }),
}
