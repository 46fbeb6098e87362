import { ALWAYS_THERE, startCluster } from '../../backend/test/harness/postgres-cluster.ts'
import { startServerProcess } from '../../e2e/rig/server-process.ts'
import { signToken } from '../../e2e/rig/tokens.ts'
import { startPeer } from './peer.ts'

/** A server that courses talk on: ours, or a peer that speaks the same of it. */
export interface ChatServer extends AsyncDisposable {
  readonly url: string
  readonly pid: number
  /** All that work for it: where its database is a server of its own, that as well. */
  readonly pids: readonly number[]
  /** What somebody enrolled in these courses goes in with. */
  auth(userId: string, courseIds: readonly string[]): object
  /** @throws Error unless the course's log holds just so many messages */
  verify(courseId: string, messages: number): Promise<void>
}

/** No limit that a load of one person's or one course's would meet. */
export const UNLIMITED = { LIMIT_MESSAGES_PER_SEC: '0', LIMIT_EVENTS_PER_SEC: '0', LIMIT_SOCKETS: '0' }

export async function startLectern(environment: Readonly<Record<string, string>> = {}): Promise<ChatServer> {
  const server = await startServerProcess({ environment: { ...UNLIMITED, ...environment } })
  const token = (userId: string, courseIds: readonly string[]) =>
    signToken({ sub: userId, courses: Object.fromEntries(courseIds.map((id) => [id, 'student'])) })
  return {
    url: server.url,
    pid: server.pid,
    pids: [server.pid],
    auth: (userId, courseIds) => ({ token: token(userId, courseIds) }),
    async verify(courseId, messages) {
      const url = `${server.url}/api/v1/chat/courses/${courseId}/statistics`
      const answer = await fetch(url, { headers: { Authorization: `Bearer ${token('bench-reader', [courseId])}` } })
      const { data }: { data: { total_messages: number } } = await answer.json()
      if (data.total_messages !== messages) {
        throw new Error(`${messages} messages of ${courseId} were acked, and ${data.total_messages} are stored.`)
      }
    },
    [Symbol.asyncDispose]: () => server[Symbol.asyncDispose](),
  }
}

/** The same on a PostgreSQL of its own, whose commits reach the disk. */
export async function startLecternOnPostgres(): Promise<ChatServer> {
  const cluster = await startCluster({ durable: true })
  const server = await startLectern({ DATABASE_URL: cluster.url(ALWAYS_THERE) })
  return {
    ...server,
    pids: [...server.pids, cluster.pid],
    [Symbol.asyncDispose]: async () => {
      await server[Symbol.asyncDispose]()
      await cluster[Symbol.asyncDispose]()
    },
  }
}

/** Socket.IO that checks nothing; with `store` it keeps each message in SQLite. */
export async function startPlainServer(...mode: readonly 'store'[]): Promise<ChatServer> {
  const peer = await startPeer('socket-io-server', ...mode)
  return {
    url: peer.url,
    pid: peer.pid,
    pids: [peer.pid],
    auth: () => ({}),
    verify: async () => undefined,
    [Symbol.asyncDispose]: () => peer[Symbol.asyncDispose](),
  }
}
