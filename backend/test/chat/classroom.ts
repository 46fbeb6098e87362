import type { CourseRole, GlobalRole, MessageRecord } from '@lectern/protocol'
import { io } from 'socket.io-client'
import type { TestApi } from '../harness/test-api.ts'
import type { ClientOptions, TestClient } from '../harness/test-client.ts'
import type { TestClaims } from '../harness/test-token.ts'

/** What a classroom needs of a server, in this process or another. */
export interface Venue {
  connect(who: TestClaims | string, options?: ClientOptions): Promise<TestClient>
  api(who?: TestClaims | string): Promise<TestApi>
}

export interface PersonOptions {
  readonly role?: GlobalRole
  readonly iat?: number
  readonly expiresIn?: number
}

let classrooms = 0

/** A course of its own with people of its own: one test's traffic is not another's, though they share a server. */
export class Classroom {
  readonly courseId: string
  readonly #venue: Venue
  readonly #number: number

  constructor(venue: Venue) {
    this.#venue = venue
    this.#number = ++classrooms
    this.courseId = `course-${this.#number}`
  }

  id(name: string): string {
    return `${name}.${this.#number}`
  }

  claims(name: string, role: CourseRole = 'student', options: PersonOptions = {}): TestClaims {
    return { sub: this.id(name), name, courses: { [this.courseId]: role }, ...options }
  }

  /** Who is not enrolled. */
  stranger(name = 'stranger'): TestClaims {
    return { sub: this.id(name), name, courses: {} }
  }

  /** Connected, and in no room. */
  connect(name: string, role?: CourseRole, options?: ClientOptions): Promise<TestClient> {
    return this.#venue.connect(this.claims(name, role), options)
  }

  /** Connected, and in the room. */
  async enter(name: string, role?: CourseRole, options?: ClientOptions): Promise<TestClient> {
    const client = await this.connect(name, role, options)
    await client.call('chat:join_room', { courseId: this.courseId })
    return client
  }

  async enterAll<const Names extends readonly string[]>(
    ...names: Names
  ): Promise<{ [Index in keyof Names]: TestClient }> {
    const clients: TestClient[] = []
    for (const name of names) clients.push(await this.enter(name, name.startsWith('teacher') ? 'teacher' : 'student'))
    for (const client of clients) await client.settled()
    // One client for each name.
    return clients as { [Index in keyof Names]: TestClient }
  }

  api(name: string, role?: CourseRole): Promise<TestApi> {
    return this.#venue.api(this.claims(name, role))
  }

  say(client: TestClient, message: string, more: object = {}): Promise<MessageRecord> {
    return client.call('chat:send_message', { course_id: this.courseId, message, ...more })
  }
}

/** A client that comes back by itself, as the library does when nobody tells it otherwise, and soon. */
export const plain: ClientOptions = { reconnection: true, reconnectionDelay: 50, reconnectionDelayMax: 100 }

/** Resolves when a client that comes back by itself has done so. */
export async function reconnected(client: TestClient): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>()
  client.socket.once('connect', resolve)
  await promise
}

/** Breaks the connection as a lost network does, and resolves when the client has come back by itself. */
export async function dropAndReturn(client: TestClient): Promise<void> {
  const back = reconnected(client)
  client.socket.io.engine.close()
  await back
}

/** Revs of all changes of messages that a client was sent, in the order in which they came. */
export const revsOf = (client: TestClient): number[] =>
  client.log.flatMap(({ event, payload }) => (CHANGES.has(event) ? [Reflect.get(Object(payload), 'rev')] : []))

const CHANGES = new Set(['chat:new_message', 'chat:message_updated', 'chat:message_deleted'])

/** How many events of these names a client was sent. */
export const countOf = (client: TestClient, ...names: string[]): number =>
  client.log.filter(({ event }) => names.includes(event)).length

export const CHAT_CHANGES = [...CHANGES]

/** The code of the `connect_error` that a handshake with this `auth` ends in. */
export async function refusal(url: string, auth: object): Promise<string> {
  const socket = io(url, { transports: ['websocket'], forceNew: true, reconnection: false, auth })
  const { promise, resolve } = Promise.withResolvers<string>()
  socket.once('connect', () => resolve('connected'))
  socket.once('connect_error', (error) => resolve(String(Reflect.get(Object(Reflect.get(error, 'data')), 'code'))))
  const outcome = await promise
  socket.disconnect()
  return outcome
}
