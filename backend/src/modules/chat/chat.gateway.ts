import { CHAT_CLIENT_EVENTS as EVENTS } from '@lectern/protocol'
import type { Connection } from '../../realtime/connection.ts'
import type { CourseRooms } from '../../realtime/course-rooms.ts'
import { handle } from '../../realtime/dispatcher.ts'
import type { LiveCourses } from '../../realtime/live-courses.ts'
import type { Seats } from '../../realtime/seats.ts'
import type { ChatService } from './chat.service.ts'
import type { CourseAccessPort } from './chat.types.ts'

export interface ChatGatewayPorts {
  readonly service: ChatService
  readonly access: CourseAccessPort
  readonly rooms: CourseRooms
  readonly seats: Seats
  readonly live: LiveCourses
}

/** Chat over Socket.IO: what each event does. The dispatcher has parsed, counted and ordered it. */
export const chatEvents = ({ service, access, rooms, seats, live }: ChatGatewayPorts) => ({
  'chat:join_room': handle(EVENTS['chat:join_room'], async (connection, payload) => {
    const accessOf = () => access.accessTo(connection.actor, payload.courseId)
    if (payload.sinceRev === undefined) await live.resumeNow(connection, payload.courseId)
    else live.forgoResume(connection, payload.courseId)
    const join = await rooms.join(connection, accessOf, payload, seats)
    return { now: () => join.answer(), after: () => join.finish() }
  }),

  'chat:leave_room': handle(EVENTS['chat:leave_room'], async (connection, { courseId }) => {
    await access.accessTo(connection.actor, courseId)
    live.forgoResume(connection, courseId)
    // What was sent before the leave is heard by the one who leaves, and told before the leave is.
    await connection.changesDone()
    connection.rooms.get(courseId)?.leave(connection, false)
    seats.leave(connection.id, courseId)
    return { now: () => ({ courseId }) }
  }),

  'chat:send_message': handle(EVENTS['chat:send_message'], async (connection, payload) => {
    const { stored } = await service.send(connection.actor, {
      courseId: payload.course_id,
      message: payload.message,
      messageType: payload.message_type,
      replyToId: payload.reply_to_id,
      fileId: payload.file_id,
      clientId: payload.client_id,
      mentions: payload.mentions,
    })
    return { later: stored.then(({ message }) => message) }
  }),

  'chat:edit_message': handle(EVENTS['chat:edit_message'], async (connection, payload) => ({
    later: (await service.edit(connection.actor, payload.message_id, payload.message)).stored,
  })),

  'chat:delete_message': handle(EVENTS['chat:delete_message'], async (connection, payload) => ({
    later: (await service.remove(connection.actor, payload.message_id)).stored,
  })),

  'chat:react': handle(EVENTS['chat:react'], async (connection, payload) => ({
    later: (await service.react(connection.actor, payload.message_id, payload.emoji)).stored,
  })),

  'chat:unreact': handle(EVENTS['chat:unreact'], async (connection, payload) => ({
    later: (await service.unreact(connection.actor, payload.message_id, payload.emoji)).stored,
  })),

  'chat:mark_read': handle(EVENTS['chat:mark_read'], async (connection, payload) => ({
    later: (await service.markRead(connection.actor, payload, connection.id)).stored,
  })),

  'chat:typing_start': handle(EVENTS['chat:typing_start'], async (connection, { courseId }) => {
    await access.accessTo(connection.actor, courseId)
    await live.resumeNow(connection, courseId)
    rooms.joined(connection, courseId).startTyping(typistOf(connection))
    return { now: () => ({}) }
  }),

  'chat:typing_stop': handle(EVENTS['chat:typing_stop'], async (connection, { courseId }) => {
    await access.accessTo(connection.actor, courseId)
    await live.resumeNow(connection, courseId)
    rooms.joined(connection, courseId).stopTyping(connection.actor.userId)
    return { now: () => ({}) }
  }),

  'chat:get_online_users': handle(EVENTS['chat:get_online_users'], async (connection, { courseId }) => {
    await access.accessTo(connection.actor, courseId)
    const online = rooms.online(courseId)
    return { now: () => online, after: () => connection.emit('chat:online_users', online) }
  }),
})

const typistOf = ({ actor }: Connection) => ({ userId: actor.userId, userName: actor.name })
