import type { Connection } from './connection.ts'
import type { People } from './people.ts'

export interface CourseActivity {
  readonly lastSeq: number
  readonly people: readonly { readonly userId: string; readonly unread: number; readonly mentioned: boolean }[]
}

export interface ActivityPorts {
  readonly people: People
  activity(courseId: string, userIds: readonly string[]): Promise<CourseActivity>
  failed(error: unknown): void
}

const EVERY_MS = 1_000

/**
 * Tells the enrolled who are connected and not in the room that there is something new: the first at once, then once a
 * second. Who they are is looked for no more often than that: in a busy room it would be with each message.
 */
export class ActivityNotifier {
  readonly #ports: ActivityPorts
  readonly #timers = new Map<string, NodeJS.Timeout>()
  /** Courses in which more has happened within the second. */
  readonly #again = new Set<string>()

  constructor(ports: ActivityPorts) {
    this.#ports = ports
  }

  changed(courseId: string): void {
    if (this.#timers.has(courseId)) {
      this.#again.add(courseId)
      return
    }
    this.#timers.set(
      courseId,
      setTimeout(() => this.#rest(courseId), EVERY_MS),
    )
    if (this.#recipients(courseId).length > 0) void this.#tell(courseId)
  }

  close(): void {
    for (const timer of this.#timers.values()) clearTimeout(timer)
    this.#timers.clear()
  }

  #rest(courseId: string): void {
    this.#timers.delete(courseId)
    if (this.#again.delete(courseId)) this.changed(courseId)
  }

  async #tell(courseId: string): Promise<void> {
    try {
      const userIds = new Set(this.#recipients(courseId).map((connection) => connection.actor.userId))
      const { lastSeq, people } = await this.#ports.activity(courseId, [...userIds])
      const byUser = new Map(people.map((person) => [person.userId, person]))
      for (const connection of this.#recipients(courseId)) {
        const person = byUser.get(connection.actor.userId)
        if (person === undefined) continue
        const { unread, mentioned } = person
        connection.emit('chat:activity', { courseId, lastSeq, unread, mentioned })
      }
    } catch (error) {
      this.#ports.failed(error)
    }
  }

  #recipients(courseId: string): Connection[] {
    return this.#ports.people.enrolledIn(courseId).filter((connection) => !connection.rooms.has(courseId))
  }
}
