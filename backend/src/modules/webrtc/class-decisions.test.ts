import type { CourseRole } from '@lectern/protocol'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import type { AttendanceChange } from './attendance.types.ts'
import { lock, type Removal, remove, startScreen, toggleVideo } from './class-actions.ts'
import { end, expire, follow, liftBan, nextDue, plan, reopen } from './class-course.ts'
import { drop, join, leave } from './class-joining.ts'
import { ClassDraft, type ClassState, participantsOf, stateOf } from './class-state.ts'
import { plannedSession } from './planned-session.ts'

const NAMES = ['teacher', 'assistant', 'teacher-two', 'a', 'b', 'c', 'd', 'e']
const LIMITS = { participants: 5, cameras: 3 }
const GRACE_MS = 10_000

const roleOf = (name: string): CourseRole =>
  (['teacher', 'assistant'] as const).find((role) => name.startsWith(role)) ?? 'student'

/** A class whose people do anything in any order; times are whole seconds. */
class Lesson {
  now = 0
  state: ClassState
  readonly attendance: AttendanceChange[] = []
  readonly #pages = new Map<string, number>()

  constructor(lobby: boolean) {
    const session = plannedSession({ id: 's', courseId: 'c', title: 'Bài 1', lobby, createdAt: 0 })
    this.state = stateOf({ session, people: [], bans: [] }, 0, GRACE_MS)
  }

  /** What is refused has changed nothing. */
  decide(decision: (draft: ClassDraft) => unknown): void {
    const draft = new ClassDraft(this.state, { now: this.now, limits: LIMITS, lastSeenAt: () => this.now })
    try {
      decision(draft)
    } catch {
      return
    }
    const { session, people, links, bans } = draft
    this.state = { session, people, links, bans }
    this.attendance.push(...draft.attendance)
  }

  pass(seconds: number): void {
    const until = this.now + seconds * 1_000
    for (let due = nextDue(this.state); due !== undefined && due <= until; due = nextDue(this.state)) {
      this.now = Math.max(this.now, due)
      this.decide(expire)
    }
    this.now = until
  }

  /** @param setBack by how many seconds the clock is, meanwhile */
  restart(setBack: number): void {
    const { session, people, bans } = this.state
    // As recovery does: what was open has ended, and what is live begins a new span.
    for (const [userId, { isCounted }] of this.state.links)
      if (isCounted) this.attendance.push({ kind: 'left', at: this.now, userId })
    if (session.status === 'live') this.attendance.push({ kind: 'ended', at: this.now }, { kind: 'live', at: this.now })
    this.now -= setBack * 1_000
    this.state = stateOf({ session, people: [...people.values()], bans: [...bans.values()] }, this.now, GRACE_MS)
  }

  sender(userId: string) {
    return { userId, connectionId: `${userId}-${this.#pages.get(userId) ?? 0}` }
  }

  join(userId: string, { isAnew, video, asStudent }: { isAnew: boolean; video: boolean; asStudent: boolean }): void {
    if (isAnew) this.#pages.set(userId, (this.#pages.get(userId) ?? 0) + 1)
    const { connectionId } = this.sender(userId)
    const flags = {
      displayName: undefined,
      askedRole: asStudent ? ('student' as const) : undefined,
      audio: false,
      video,
    }
    const who = { userId, userName: userId, enrolledRole: roleOf(userId), connectionId, instanceId: connectionId }
    this.decide((draft) => join(draft, { ...who, ...flags }))
  }
}

const name = fc.constantFrom(...NAMES)
const two = { by: name, whom: name }
type Step = (lesson: Lesson) => void

const removal = (by: string, whom: string, ban: boolean): Step => {
  const request: Removal = { userId: whom, ban, enrolled: { name: whom, role: roleOf(whom) } }
  return (lesson) => lesson.decide((draft) => remove(draft, lesson.sender(by), request))
}

const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 16,
    arbitrary: fc
      .record({ name, isAnew: fc.boolean(), video: fc.boolean(), asStudent: fc.boolean() })
      .map((how) => (lesson: Lesson) => lesson.join(how.name, how)),
  },
  {
    weight: 3,
    arbitrary: name.map((who) => (lesson: Lesson) => {
      const how = { ...lesson.sender(who), seenAt: lesson.now, until: lesson.now + GRACE_MS }
      lesson.decide((draft) => drop(draft, how))
    }),
  },
  {
    weight: 2,
    arbitrary: name.map((who) => (lesson: Lesson) => lesson.decide((draft) => leave(draft, lesson.sender(who)))),
  },
  {
    weight: 2,
    arbitrary: fc.record({ ...two, ban: fc.boolean() }).map(({ by, whom, ban }) => removal(by, whom, ban)),
  },
  {
    weight: 1,
    arbitrary: name.map((who) => (lesson: Lesson) => lesson.decide((draft) => liftBan(draft, who))),
  },
  {
    weight: 4,
    arbitrary: fc
      .record({ name, locked: fc.boolean() })
      .map((how) => (lesson: Lesson) => lesson.decide((draft) => lock(draft, lesson.sender(how.name), how.locked))),
  },
  {
    weight: 2,
    arbitrary: fc
      .record({ name, on: fc.boolean() })
      .map((how) => (lesson: Lesson) => lesson.decide((draft) => toggleVideo(draft, lesson.sender(how.name), how.on))),
  },
  {
    weight: 2,
    arbitrary: name.map((who) => (lesson: Lesson) => lesson.decide((draft) => startScreen(draft, lesson.sender(who)))),
  },
  {
    weight: 2,
    arbitrary: fc
      .record({ name, role: fc.constantFrom('teacher' as const, 'student' as const, undefined) })
      .map((how) => (lesson: Lesson) => lesson.decide((draft) => follow(draft, how.name, how.role))),
  },
  {
    weight: 1,
    arbitrary: fc.boolean().map((lobby) => (lesson: Lesson) => lesson.decide((draft) => plan(draft, { lobby }))),
  },
  {
    weight: 1,
    arbitrary: fc.constantFrom<Step>(
      (lesson) => lesson.decide(end),
      (lesson) => lesson.restart(0),
      (lesson) => lesson.restart(3_600),
    ),
  },
  { weight: 1, arbitrary: fc.constant((lesson: Lesson) => lesson.decide(reopen)) },
  { weight: 4, arbitrary: fc.constantFrom(1, 4, 9, 11, 400).map((s) => (lesson: Lesson) => lesson.pass(s)) },
)

/** Who has an interval open, as attendance writes it: each entry within a span, each once. */
function openIntervals(changes: readonly AttendanceChange[]): string[] {
  const open = new Set<string>()
  let isLive = false
  for (const change of changes) {
    if (change.kind === 'live' || change.kind === 'ended') {
      expect(isLive, change.kind).toBe(change.kind === 'ended')
      expect([...open]).toEqual([])
      isLive = change.kind === 'live'
    } else if (change.kind === 'entered') {
      expect(isLive).toBe(true)
      expect(open.has(change.userId)).toBe(false)
      open.add(change.userId)
    } else if (change.kind === 'left') expect(open.delete(change.userId)).toBe(true)
  }
  return [...open].sort()
}

const studentsLetIn = (before: ClassState, after: ClassState): string[] =>
  participantsOf(after)
    .filter(({ userId, role }) => role === 'student' && before.people.get(userId)?.state !== 'joined')
    .map(({ userId }) => userId)

function check({ state, attendance, now }: Lesson): void {
  const { session, people, links, bans } = state
  const inside = participantsOf(state)
  expect([...links.keys()].sort()).toEqual([...people.keys()].sort())
  expect(inside.map(({ place }) => place)).toEqual(inside.map(({ place }) => place).sort((a, b) => a - b))
  expect(inside.map(({ joinedAt }) => joinedAt)).toEqual(inside.map(({ joinedAt }) => joinedAt).sort((a, b) => a - b))
  expect(inside.length).toBeLessThanOrEqual(LIMITS.participants)
  expect(inside.filter(({ video }) => video).length).toBeLessThanOrEqual(LIMITS.cameras)
  expect(inside.filter(({ screen }) => screen).length).toBeLessThanOrEqual(1)
  expect([...people.keys()].filter((userId) => bans.has(userId))).toEqual([])
  if (session.status !== 'live') expect(inside).toEqual([])
  if (session.status === 'ended') expect(people.size).toBe(0)
  expect(session.emptySince ?? now).toBeLessThanOrEqual(now)
  expect(session.emptySince !== null).toBe(session.status === 'live' && inside.length === 0)
  const counted = [...links].flatMap(([userId, link]) => (link.isCounted ? [userId] : [])).sort()
  expect(openIntervals(attendance)).toEqual(counted)
  for (const { userId } of inside)
    if (links.get(userId)?.status === 'on') expect(links.get(userId)?.isCounted, userId).toBe(true)
  for (const link of links.values()) if (link.status === 'dropped') expect(link.until).toBeGreaterThan(now)
}

it('RTC18 RTC26 RTC29 RTC31 RTC33 RTC38: in whatever order people come, drop, are put out, kept out, locked out, let in and demoted, and it ends, is opened again and restarts, a class is in order', () => {
  let most = 0
  fc.assert(
    fc.property(fc.boolean(), fc.array(step, { minLength: 20, maxLength: 60, size: 'max' }), (lobby, steps) => {
      const lesson = new Lesson(lobby)
      for (const userId of lobby ? NAMES.toReversed() : NAMES)
        lesson.join(userId, { isAnew: true, video: userId < 'c', asStudent: false })
      for (const each of steps) {
        const before = lesson.state
        each(lesson)
        check(lesson)
        if (before.session.locked && lesson.state.session.locked)
          expect(studentsLetIn(before, lesson.state)).toEqual([])
        const { session, bans } = lesson.state
        if (session.locked && bans.size > 0) most = Math.max(most, participantsOf(lesson.state).length)
      }
    }),
    { numRuns: 200, seed: 20_261_129 },
  )
  // Of classes that are empty it would say little.
  expect(most).toBeGreaterThan(3)
})
