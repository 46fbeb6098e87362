import type { UserActor } from '../access/actor.ts'
import type { DemoServices, DemoVisitor } from './demo-services.ts'
import { type LessonStep, MINUTE_MS } from './talk.ts'

/** Lets people come to the classes of one course, and go. */
export class Lessons {
  readonly #services: Pick<DemoServices, 'sessions' | 'classes'>
  readonly #courseId: string
  /** Ids by the names that the script gives them. */
  readonly #sessions = new Map<string, string>()

  constructor(services: Pick<DemoServices, 'sessions' | 'classes'>, courseId: string) {
    this.#services = services
    this.#courseId = courseId
  }

  /** @param time when the clock says it is */
  async take(step: LessonStep, actor: UserActor, time: number): Promise<void> {
    const { sessions, classes } = this.#services
    if ('plan' in step) {
      const { plan, title, startsInMin, minutes } = step
      const scheduled_at = time + startsInMin * MINUTE_MS
      const body = { title, scheduled_at, duration_min: minutes, lobby: true }
      this.#sessions.set(plan, (await sessions.create(actor, this.#courseId, body)).id)
      return
    }
    const visitor = visitorOf(actor, time)
    if ('enter' in step) {
      const sessionId = this.#idOf(step.enter)
      await classes.join(visitor, { sessionId, audio: false, video: false })
      return
    }
    const sessionId = this.#idOf('exit' in step ? step.exit : step.end)
    await classes.leave(visitor, sessionId)
    if ('exit' in step) return
    await sessions.end(actor, sessionId)
  }

  #idOf(name: string): string {
    const id = this.#sessions.get(name)
    if (id === undefined) throw new Error(`No class of the demo was called ${name} before.`)
    return id
  }
}

const visitorOf = (actor: UserActor, time: number): DemoVisitor => ({
  id: `demo ${actor.userId}`,
  actor,
  isOpen: true,
  lastSeenAt: time,
  send: () => undefined,
  ping: () => undefined,
})
