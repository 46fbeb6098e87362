import { io, type Socket } from 'socket.io-client'
import { PATIENCE_MS } from '../rig/patience.ts'
import type { Account } from '../rig/school.ts'
import type { ServerProcess } from '../rig/server-process.ts'

/** Enough that the server always has some at hand, and few enough that none waits for long. */
const IN_FLIGHT = 100

const LONG = 'Một không gian vectơ có thể có nhiều cơ sở khác nhau, nhưng số vectơ trong mọi cơ sở luôn bằng nhau. '

/** Texts as different in length as those of people. */
const textOf = (n: number): string => {
  if (n % 11 === 0) return `${n} ${LONG.repeat(1 + (n % 4))}`
  if (n % 7 === 0) return `${n}\nhai dòng`
  return n % 5 === 0 ? `${n} See https://example.org/chapter/${n}` : `Tin nhắn thứ ${n}`
}

async function connected({ url }: ServerProcess, { token }: Account): Promise<Socket> {
  const socket = io(url, { auth: { token }, transports: ['websocket'], reconnection: false })
  const { promise, resolve, reject } = Promise.withResolvers<void>()
  socket.once('connect', resolve)
  socket.once('connect_error', reject)
  await promise
  return socket
}

async function speak(socket: Socket, courseId: string, next: () => number | undefined): Promise<void> {
  const one = async () => {
    for (let n = next(); n !== undefined; n = next()) {
      const message = { course_id: courseId, message: textOf(n), client_id: `fill-${n}` }
      const answer: unknown = await socket.timeout(PATIENCE_MS).emitWithAck('chat:send_message', message)
      if (!isOk(answer)) throw new Error(`Not stored: ${JSON.stringify(answer)}`)
    }
  }
  await Promise.all(Array.from({ length: IN_FLIGHT }, one))
}

const isOk = (answer: unknown): boolean =>
  typeof answer === 'object' && answer !== null && 'ok' in answer && answer.ok === true

/** Has a course's people say as much as this; the server must know no limit. */
export async function fillCourse(
  server: ServerProcess,
  speakers: readonly Account[],
  courseId: string,
  count: number,
): Promise<void> {
  const sockets = await Promise.all(speakers.map((speaker) => connected(server, speaker)))
  let given = 0
  const next = () => {
    if (given === count) return undefined
    given += 1
    return given
  }
  await Promise.all(sockets.map((socket) => speak(socket, courseId, next)))
  for (const socket of sockets) socket.disconnect()
}
