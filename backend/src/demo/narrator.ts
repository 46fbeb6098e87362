import type { UserActor } from '../access/actor.ts'
import type { DemoServices } from './demo-services.ts'
import { Lessons } from './lessons.ts'
import { type DemoCourse, type LessonStep, type Step, timeOf } from './talk.ts'

/** By the key of the person. */
export type Actors = ReadonlyMap<string, UserActor>

/** Lets people say in one course what its script has them say. */
export class Narrator {
  readonly #chat: DemoServices['chat']
  readonly #lessons: Lessons
  readonly #actors: Actors
  readonly #courseId: string
  /** Ids by the names that the script gives them. */
  readonly #messages = new Map<string, string>()

  private constructor(services: DemoServices, actors: Actors, courseId: string) {
    this.#chat = services.chat
    this.#lessons = new Lessons(services, courseId)
    this.#actors = actors
    this.#courseId = courseId
  }

  /** Makes the course, enrols its members and plans its classes. @param today its midnight in Vietnam */
  static async begin(
    services: DemoServices,
    { actors, course, today }: { readonly actors: Actors; readonly course: DemoCourse; readonly today: number },
  ): Promise<Narrator> {
    const { courses, enrolments, sessions } = services
    const teacher = actorOf(actors, course.teacher)
    const { id: courseId } = await courses.make(teacher, { title: course.title })
    for (const [key, role] of Object.entries(course.members)) {
      await enrolments.add(teacher, courseId, { user_id: actorOf(actors, key).userId, role })
    }
    for (const { title, inDays, at, minutes } of course.classes ?? []) {
      const plan = { title, scheduled_at: today + timeOf(`${inDays} ${at}`), duration_min: minutes, lobby: true }
      await sessions.create(teacher, courseId, plan)
    }
    return new Narrator(services, actors, courseId)
  }

  /** @param time when the clock says it is */
  async take(step: Step | LessonStep, time: number): Promise<void> {
    const actor = actorOf(this.#actors, step.by)
    if (isOfLesson(step)) return this.#lessons.take(step, actor, time)
    if ('say' in step) {
      const { stored } = await this.#chat.send(actor, this.#messageOf(step))
      this.#messages.set(step.as ?? step.at, (await stored).message.id)
      return
    }
    const { stored } = await this.#change(step, actor)
    await stored
  }

  #change(step: Exclude<Step, { say: string }>, actor: UserActor) {
    if ('edit' in step) return this.#chat.edit(actor, this.#idOf(step.edit), step.to)
    if ('react' in step) return this.#chat.react(actor, this.#idOf(step.react), step.emoji)
    if ('pin' in step) return this.#chat.pin(actor, this.#idOf(step.pin))
    if ('remove' in step) return this.#chat.remove(actor, this.#idOf(step.remove))
    return this.#chat.markRead(actor, { courseId: this.#courseId, seq: step.read }, 'demo')
  }

  #messageOf({ say, announcement, replyTo, mention = [] }: Extract<Step, { say: string }>) {
    return {
      courseId: this.#courseId,
      message: say,
      messageType: announcement ? ('announcement' as const) : ('text' as const),
      replyToId: replyTo === undefined ? undefined : this.#idOf(replyTo),
      mentions: mention.map((key) => (key === 'all' ? key : actorOf(this.#actors, key).userId)),
    }
  }

  #idOf(name: string): string {
    const id = this.#messages.get(name)
    if (id === undefined) throw new Error(`Nothing in the demo was called ${name} before.`)
    return id
  }
}

const isOfLesson = (step: Step | LessonStep): step is LessonStep =>
  'plan' in step || 'enter' in step || 'exit' in step || 'end' in step

function actorOf(actors: Actors, key: string): UserActor {
  const actor = actors.get(key)
  if (actor === undefined) throw new Error(`The demo has nobody called ${key}.`)
  return actor
}
