import type { Actor, UserActor } from '../access/actor.ts'
import { StartError } from '../shared/start-error.ts'
import { COURSES } from './courses.ts'
import type { DemoClock } from './demo-clock.ts'
import type { Account, DemoServices } from './demo-services.ts'
import { type Actors, Narrator } from './narrator.ts'
import { PEOPLE } from './people.ts'
import { DAY_MS, HOUR_MS, type LessonStep, type Step, timeOf } from './talk.ts'

const VIETNAM_MS = 7 * HOUR_MS
const DAYS = 7

/**
 * Fills an empty server with people, courses and the talk of the seven days before today.
 * @throws StartError when it is not empty
 */
export async function fillDemo(services: DemoServices, clock: DemoClock, password: string): Promise<void> {
  const today = Math.floor((Date.now() + VIETNAM_MS) / DAY_MS) * DAY_MS - VIETNAM_MS
  const firstDay = today - DAYS * DAY_MS
  await refuseUnlessEmpty(services)
  clock.moveTo(firstDay)
  const actors = await makePeople(services, password)
  const turns: { time: number; step: Step | LessonStep; narrator: Narrator }[] = []
  for (const course of COURSES) {
    const narrator = await Narrator.begin(services, { actors, course, today })
    for (const step of course.talk) turns.push({ time: firstDay + timeOf(step.at), step, narrator })
  }
  // A person may be in several courses, and time never runs back for anybody.
  for (const { time, step, narrator } of turns.toSorted((left, right) => left.time - right.time)) {
    clock.moveTo(time)
    await narrator.take(step, time)
  }
  clock.release()
}

async function refuseUnlessEmpty({ users, courses }: DemoServices): Promise<void> {
  const everyone: Actor[] = [
    actorOf({ id: 'demo', name: 'demo', role: 'admin' }),
    { kind: 'api_key', realm: 'external' },
  ]
  for (const actor of everyone) {
    for (const list of [await users.list(actor, { limit: 1 }), await courses.list(actor, { limit: 1 })]) {
      if (list.items.length > 0)
        throw new StartError('DATA_DIR: there is data in it already; for the demo it may hold none')
    }
  }
}

async function makePeople({ firstRun, users }: DemoServices, password: string): Promise<Actors> {
  const token = await firstRun.open()
  if (token === undefined)
    throw new StartError('DATA_DIR: there is an administrator in it already; for the demo it may hold none')
  const { admin: first, ...others } = PEOPLE
  const { user } = await firstRun.setUp({ token, name: first.name, email: first.email, password })
  const admin = actorOf(user)
  const actors = new Map<string, UserActor>([['admin', admin]])
  for (const [key, person] of Object.entries(others)) {
    actors.set(key, actorOf(await users.create(admin, { ...person, password })))
  }
  return actors
}

/** Local accounts, as their own tokens would say. */
const actorOf = ({ id, name, role }: Account): UserActor => ({
  ...{ kind: 'user', realm: 'local', userId: id, name, role },
  ...{ issuedAt: 0, expiresAt: Number.MAX_SAFE_INTEGER, courses: undefined },
})
