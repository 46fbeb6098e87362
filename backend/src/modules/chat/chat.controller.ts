import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { COURSE_CHAT_ROUTES, ExportFormat, MESSAGE_ROUTES } from '@lectern/protocol'
import type { Response } from 'express'
import { z } from 'zod'
import { listed } from '../../http/listed.ts'
import type { RouteHandlers } from '../../http/route-binder.types.ts'
import { codeOf } from '../../shared/code-of.ts'
import { decodeCursor, encodeCursor } from '../../shared/cursor.ts'
import type { ChatReading } from './chat.reading.service.ts'
import type { ChatReports } from './chat.reports.service.ts'
import type { ChatService } from './chat.service.ts'

export interface ChatControllerPorts {
  readonly service: ChatService
  readonly reading: ChatReading
  readonly reports: ChatReports
}

/** What one course's chat answers. */
export const courseChatHandlers = ({
  service,
  reading,
  reports,
}: ChatControllerPorts): RouteHandlers<typeof COURSE_CHAT_ROUTES> => ({
  listMessages: async ({ actor, params, query }) => {
    const { messages, meta } = await reading.messages(actor, params.courseId, query)
    return { data: messages, meta }
  },
  sendMessage: async ({ actor, params, body }) => {
    const { stored } = await service.send(actor, {
      courseId: params.courseId,
      message: body.message,
      messageType: body.message_type,
      replyToId: body.reply_to_id,
      fileId: body.file_id,
      clientId: body.client_id,
      mentions: body.mentions,
    })
    const { message, repeated } = await stored
    return repeated ? { data: message, status: 200 } : { data: message }
  },
  searchMessages: async ({ actor, params, query }) =>
    listed(await reports.search(actor, params.courseId, query), query.limit),
  listMessagesOfType: async ({ actor, params, query }) =>
    listed(await reading.ofType(actor, { ...params, ...query }), query.limit),
  listPinnedMessages: async ({ actor, params, query }) =>
    listed(await reading.pinned(actor, { ...params, ...query }), query.limit),
  getStatistics: async ({ actor, params, query }) => ({
    data: await reports.statistics(actor, params.courseId, query),
  }),
  getUnread: async ({ actor, params }) => ({ data: await reading.unread(actor, params.courseId) }),
  getOnlineUsers: async ({ actor, params }) => ({ data: await reading.online(actor, params.courseId) }),
  exportCourse: async ({ actor, params, query, response }) => {
    const chunks = await reports.export(actor, params.courseId, query.format)
    await sendFile(response, { courseId: params.courseId, format: query.format, chunks })
  },
})

/** What a single message answers, and what is asked over all courses. */
export const messageHandlers = ({ service, reading }: ChatControllerPorts): RouteHandlers<typeof MESSAGE_ROUTES> => ({
  listUnread: async ({ actor, query: { limit, cursor } }) => {
    const after = cursor === undefined ? undefined : decodeCursor(cursor, z.string())
    const { items, next } = await reading.unreadEverywhere(actor, { limit, after })
    return listed({ items, nextCursor: next === null ? null : encodeCursor(next) }, limit)
  },
  getMessage: async ({ actor, params }) => ({ data: await reading.message(actor, params.messageId) }),
  editMessage: async ({ actor, params, body }) => ({
    data: await (await service.edit(actor, params.messageId, body.message)).stored,
  }),
  deleteMessage: async ({ actor, params }) => {
    await (await service.remove(actor, params.messageId)).stored
  },
  pinMessage: async ({ actor, params }) => ({ data: await (await service.pin(actor, params.messageId)).stored }),
  unpinMessage: async ({ actor, params }) => {
    await (await service.unpin(actor, params.messageId)).stored
  },
  getHistory: async ({ actor, params, query }) =>
    listed(await reading.history(actor, params.messageId, query), query.limit),
})

const CONTENT_TYPES: Record<ExportFormat, string> = {
  jsonl: 'application/x-ndjson; charset=utf-8',
  csv: 'text/csv; charset=utf-8; header=present',
  html: 'text/html; charset=utf-8',
}

interface ExportedFile {
  readonly courseId: string
  readonly format: ExportFormat
  readonly chunks: AsyncIterable<string>
}

/** A piece is made when the connection has taken the one before: a slow reader holds up nothing but itself. */
async function sendFile(response: Response, { courseId, format, chunks }: ExportedFile): Promise<void> {
  // An id may bear characters that a file's name may not.
  const name = `chat-${courseId.replace(/[^A-Za-z0-9._-]/g, '_')}.${format}`
  response.setHeader('Content-Type', CONTENT_TYPES[format])
  response.setHeader('Content-Disposition', `attachment; filename="${name}"`)
  response.setHeader('Cache-Control', 'no-store')
  try {
    await pipeline(Readable.from(chunks), response)
  } catch (error) {
    // Who has hung up has nothing to be told.
    if (codeOf(error) !== 'ERR_STREAM_PREMATURE_CLOSE') throw error
  }
}
