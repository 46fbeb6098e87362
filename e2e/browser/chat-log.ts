import { COURSE_CHAT_ROUTES, type MessageRecord } from '@lectern/protocol'
import { restOf } from '../rig/rest.ts'
import type { Account } from '../rig/school.ts'
import type { ServerProcess } from '../rig/server-process.ts'

/** The whole of a course's chat as the server has it, oldest first. */
export async function logOf(server: ServerProcess, reader: Account, courseId: string): Promise<MessageRecord[]> {
  const rest = restOf(server.url, reader.token)
  const log: MessageRecord[] = []
  for (let isMore = true; isMore; ) {
    const { data, meta } = await rest(COURSE_CHAT_ROUTES.listMessages, {
      params: { courseId },
      query: { after: log.length, limit: 100 },
    })
    log.push(...data)
    isMore = meta.next_cursor !== null
  }
  return log
}

/** What has been said, oldest first. */
export const said = async (server: ServerProcess, reader: Account, courseId: string): Promise<string[]> =>
  (await logOf(server, reader, courseId)).map(({ message }) => message)

/** Says it without a browser. */
export async function say(
  server: ServerProcess,
  { token }: Account,
  courseId: string,
  message: string | { readonly message: string; readonly mentions?: string[]; readonly reply_to_id?: string },
): Promise<MessageRecord> {
  const body = typeof message === 'string' ? { message } : message
  const { data } = await restOf(server.url, token)(COURSE_CHAT_ROUTES.sendMessage, { params: { courseId }, body })
  return data
}

/** Says all of it, in this order. */
export async function sayAll(
  server: ServerProcess,
  speaker: Account,
  courseId: string,
  messages: readonly string[],
): Promise<void> {
  for (const message of messages) await say(server, speaker, courseId, message)
}
