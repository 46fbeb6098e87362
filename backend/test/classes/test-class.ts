import {
  type ClassSession,
  COURSE_SESSION_ROUTES,
  type CourseRole,
  type JoinSessionAnswer,
  SESSION_ROUTES,
} from '@lectern/protocol'
import { Classroom, type Venue } from '../chat/classroom.ts'
import type { TestClient } from '../harness/test-client.ts'

interface Plan {
  readonly title?: string
  readonly lobby?: boolean
  readonly id?: string
}

interface JoinOptions {
  readonly displayName?: string
  readonly role?: 'student' | 'assistant' | 'teacher' | 'admin'
  readonly audio?: boolean
  readonly video?: boolean
  readonly instanceId?: string
}

/** Names that begin with a role have it; everybody else is a student. */
const roleOf = (name: string): CourseRole =>
  (['teacher', 'assistant'] as const).find((role) => name.startsWith(role)) ?? 'student'

/** A class of a course of its own. */
export class TestClass {
  readonly room: Classroom
  readonly sessionId: string

  private constructor(room: Classroom, sessionId: string) {
    this.room = room
    this.sessionId = sessionId
  }

  static async plan(venue: Venue, { title = 'Bài 1', ...body }: Plan = {}): Promise<TestClass> {
    const room = new Classroom(venue)
    const api = await room.api('teacher', 'teacher')
    const params = { courseId: room.courseId }
    const { id } = await api.call(COURSE_SESSION_ROUTES.createSession, { params, body: { title, ...body } })
    return new TestClass(room, id)
  }

  get target(): { sessionId: string } {
    return { sessionId: this.sessionId }
  }

  id(name: string): string {
    return this.room.id(name)
  }

  api(name: string) {
    return this.room.api(name, roleOf(name))
  }

  connect(name: string): Promise<TestClient> {
    return this.room.connect(name, roleOf(name))
  }

  join(client: TestClient, options: JoinOptions = {}): Promise<JoinSessionAnswer> {
    return client.call('webrtc:join_session', { ...this.target, ...options })
  }

  async enter(name: string, options: JoinOptions = {}): Promise<TestClient> {
    const client = await this.connect(name)
    await this.join(client, options)
    return client
  }

  /** One after the other, and all have heard of all. */
  async enterAll<const Names extends readonly string[]>(
    ...names: Names
  ): Promise<{ [Index in keyof Names]: TestClient }> {
    const clients: TestClient[] = []
    for (const name of names) clients.push(await this.enter(name))
    for (const client of clients) await client.settled()
    // One client for each name.
    return clients as { [Index in keyof Names]: TestClient }
  }

  async session(): Promise<ClassSession> {
    return (await this.api('teacher')).call(SESSION_ROUTES.getSession, { params: this.target })
  }

  /** User ids in the order of joining. */
  async participants(): Promise<string[]> {
    const query = { limit: 100 }
    const listed = await (await this.api('teacher')).call(SESSION_ROUTES.listParticipants, {
      params: this.target,
      query,
    })
    return listed.map(({ userId }) => userId)
  }
}
