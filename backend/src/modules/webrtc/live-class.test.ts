import { describe, expect, it } from 'vitest'
import { raiseHand, toggleAudio } from './class-actions.ts'
import { end, plan, putOut } from './class-course.ts'
import { changeRole, drop, join } from './class-joining.ts'
import { participantsOf, stateOf } from './class-state.ts'
import { LiveClass } from './live-class.ts'
import { plannedSession } from './planned-session.ts'
import type { Attendee, ClassChange, Emission, StoredSession } from './webrtc.types.ts'

const planned = plannedSession({ id: 's', courseId: 'c', title: 'Live', lobby: false, createdAt: 0 })

interface Commit {
  readonly change: ClassChange
  end(): void
  fail(): void
}

interface Opened {
  readonly session?: StoredSession
  readonly people?: readonly Attendee[]
  readonly decided?: () => void
}

/** A class on a store whose commits end when they are told to. */
function open({ session = planned, people = [], decided = () => undefined }: Opened = {}) {
  const commits: Commit[] = []
  const wanted: ((commit: Commit) => void)[] = []
  const emissions: Emission[] = []
  const failures: unknown[] = []
  const alarms: { ms: number; work: () => void }[] = []
  const lastSeen = new Map<string, number>()
  let now = 1_000
  const live = new LiveClass(stateOf({ session, people, bans: [] }, now, 10), {
    store: {
      commit: (change) => {
        const { promise, resolve, reject } = Promise.withResolvers<void>()
        const commit = { change, end: resolve, fail: () => reject(new Error('The disk is full.')) }
        const next = wanted.shift()
        if (next === undefined) commits.push(commit)
        else next(commit)
        return promise
      },
    },
    time: {
      now: () => now,
      after: (ms, work) => {
        const alarm = { ms, work }
        alarms.push(alarm)
        return () => void alarms.splice(alarms.indexOf(alarm), 1)
      },
    },
    media: () => ({ topology: 'mesh', limits: { participants: 8, cameras: 4 } }),
    lastSeenAt: (connectionId) => lastSeen.get(connectionId),
    deliver: (emission) => void emissions.push(emission),
    decided,
    idle: () => undefined,
    failed: (error) => void failures.push(error),
  })
  const advance = (ms: number) => {
    now += ms
  }
  const nextCommit = async (): Promise<Commit> => {
    const waiting = commits.shift()
    if (waiting !== undefined) return waiting
    const { promise, resolve } = Promise.withResolvers<Commit>()
    wanted.push(resolve)
    return promise
  }
  const enter = async (userId: string): Promise<void> => {
    const joined = joining(live, userId)
    ;(await nextCommit()).end()
    await joined
  }
  return { live, nextCommit, enter, emissions, failures, alarms, advance, lastSeen }
}

const request = (userId: string) => ({
  userId,
  userName: userId,
  enrolledRole: 'student' as const,
  connectionId: `${userId}-1`,
  instanceId: 'page',
  askedRole: undefined,
  displayName: undefined,
  audio: false,
  video: false,
})
const sender = (userId: string) => ({ userId, connectionId: `${userId}-1` })
const joining = (live: LiveClass, userId: string) => live.ask((draft) => join(draft, request(userId)))

describe('what waits together', () => {
  it('RTC36: is written as one change, and answered and told in the order of the calls when that is on disk', async () => {
    const { live, nextCommit, emissions } = open()
    const order: string[] = []
    const first = joining(live, 'an').then(() => order.push('an'))
    const all = [
      joining(live, 'binh').then(() => order.push('binh')),
      joining(live, 'chi').then(() => order.push('chi')),
      live.ask((draft) => toggleAudio(draft, sender('binh'), true)).then(() => order.push('toggle')),
    ]
    const alone = await nextCommit()
    expect(live.state.people.size).toBe(0)
    alone.end()
    await first
    expect(emissions).toEqual([])
    const together = await nextCommit()
    expect(together.change.people.map(({ userId, audio }) => [userId, audio])).toEqual([
      ['binh', true],
      ['chi', false],
    ])
    expect(together.change.attendance.map(({ kind }) => kind)).toEqual(['entered', 'entered'])
    together.end()
    await Promise.all(all)
    expect(order).toEqual(['an', 'binh', 'chi', 'toggle'])
    expect(participantsOf(live.state).map(({ userId }) => userId)).toEqual(['an', 'binh', 'chi'])
  })

  it('RTC36: has not happened at all where its commit fails: who asked is told so, and nobody else anything', async () => {
    const { live, nextCommit, enter, emissions } = open()
    await enter('an')
    const refused = Promise.allSettled([
      joining(live, 'binh'),
      live.ask((draft) => raiseHand(draft, sender('an'))),
      live.ask((draft) => raiseHand(draft, sender('binh'))),
    ])
    const { change, fail } = await nextCommit()
    expect(change.people).toHaveLength(2)
    const told = emissions.length
    fail()
    expect((await refused).map(({ status }) => status)).toEqual(['rejected', 'rejected', 'rejected'])
    expect(emissions).toHaveLength(told)
    expect([...live.state.people.keys()]).toEqual(['an'])
    expect(live.state.people.get('an')?.handRaisedAt).toBe(null)
  })

  it('is refused one by one: what one may not is not in the way of the others', async () => {
    const { live, nextCommit, enter } = open()
    await enter('an')
    const refused = expect(live.ask((draft) => toggleAudio(draft, sender('nobody'), true))).rejects.toMatchObject({
      code: 'CONFLICT',
    })
    const raised = live.ask((draft) => raiseHand(draft, sender('an')))
    ;(await nextCommit()).end()
    await refused
    expect(await raised).toBe(1_000)
  })
})

describe('what time does', () => {
  it('RTC18: is tried again where it cannot be written', async () => {
    const { live, nextCommit, enter, failures, alarms, advance, emissions } = open()
    await enter('an')
    await enter('binh')
    await live.insist((draft) => drop(draft, { ...sender('an'), seenAt: 1_000, until: 1_010 }))
    for (const wait of [10, 1_000, 1_000]) {
      // One alarm, and not sooner than a second after the last failure: a full disk makes no storm.
      await expect.poll(() => alarms.map(({ ms }) => ms)).toEqual([wait])
      advance(wait)
      const known = failures.length
      alarms[0]?.work()
      ;(await nextCommit()).fail()
      await expect.poll(() => failures.length).toBe(known + 1)
    }
    expect(live.state.people.has('an')).toBe(true)
    alarms[0]?.work()
    const { change, end: written } = await nextCommit()
    expect(change).toMatchObject({ gone: ['an'], attendance: [{ kind: 'left', at: 1_000, userId: 'an' }] })
    written()
    await live.insist(() => undefined)
    expect(emissions.at(-1)).toMatchObject({ to: ['binh-1'], event: 'webrtc:user_left' })
  })

  it('RTC38: an end is the end of everybody’s time, of who had dropped when they were seen last', async () => {
    const { live, nextCommit, enter } = open()
    await enter('an')
    await enter('binh')
    await live.insist((draft) => drop(draft, { ...sender('an'), seenAt: 990, until: 2_000 }))
    const ended = live.ask(end)
    const { change, end: written } = await nextCommit()
    expect(change.attendance).toEqual([
      { kind: 'left', at: 990, userId: 'an' },
      { kind: 'left', at: 1_000, userId: 'binh' },
      { kind: 'ended', at: 1_000 },
    ])
    written()
    expect(await ended).toMatchObject({ status: 'ended', endedAt: 1_000 })
  })

  it('RTC38: who has gone in silence was there until their last sign of life, when the class ends and when they are put out', async () => {
    const { live, nextCommit, enter, advance, lastSeen } = open()
    for (const userId of ['an', 'binh', 'chi', 'dung']) await enter(userId)
    advance(40_000)
    for (const [userId, at] of Object.entries({ an: 20_000, binh: 26_000, chi: 26_001, dung: 41_000 }))
      lastSeen.set(`${userId}-1`, at)
    const removed = live.ask((draft) => putOut(draft, 'an'))
    const { change: removal, end: written } = await nextCommit()
    expect(removal.attendance).toEqual([{ kind: 'left', at: 20_000, userId: 'an' }])
    written()
    await removed
    const ended = live.ask(end)
    const { change, end: done } = await nextCommit()
    expect(change.attendance).toEqual([
      { kind: 'left', at: 26_000, userId: 'binh' },
      { kind: 'left', at: 41_000, userId: 'chi' },
      { kind: 'left', at: 41_000, userId: 'dung' },
      { kind: 'ended', at: 41_000 },
    ])
    done()
    await ended
  })
})

describe('after a restart by which the clock was set back', () => {
  const live = { ...planned, status: 'live', startedAt: 90_000 } as const

  it('RTC5: an empty class ends within its 15 minutes', () => {
    const { alarms } = open({ session: { ...live, emptySince: 90_000 } })
    expect(alarms.map(({ ms }) => ms)).toEqual([15 * 60_000])
  })

  it('RTC13: the times of joining go as the order does', async () => {
    const { displayName: _, connectionId: __, askedRole: ___, ...an } = request('an')
    const place = { place: 1, joinedAt: 90_000, screen: false, handRaisedAt: null, state: 'joined' } as const
    const known: Attendee = { ...an, ...place, role: an.enrolledRole, displayName: 'an' }
    const opened = open({ session: { ...live, lastPlace: 1 }, people: [known] })
    await opened.enter('binh')
    expect(participantsOf(opened.live.state).map(({ userId, joinedAt }) => [userId, joinedAt])).toEqual([
      ['an', 90_000],
      ['binh', 90_000],
    ])
  })
})

describe('who waits', () => {
  const lobby = { ...planned, lobby: true }

  it('RTC5: a class that goes live with nobody to let in is empty from then on', async () => {
    const { live, nextCommit, enter } = open({ session: lobby })
    await enter('an')
    await live.insist((draft) => drop(draft, { ...sender('an'), seenAt: 1_000, until: 9_000 }))
    const opened = live.ask((draft) => plan(draft, { lobby: false }))
    ;(await nextCommit()).end()
    expect(await opened).toMatchObject({ status: 'live', emptySince: 1_000 })
  })

  it('RTC4: a class begins when somebody who waits becomes staff', async () => {
    const { live, nextCommit, enter } = open({ session: lobby })
    await enter('an')
    await enter('binh')
    const promoted = live.ask((draft) => changeRole(draft, 'binh', 'teacher'))
    ;(await nextCommit()).end()
    await promoted
    expect(live.state.session).toMatchObject({ status: 'live', emptySince: null })
    expect(participantsOf(live.state).map(({ userId }) => userId)).toEqual(['an', 'binh'])
  })
})

it('goes on where what hears of its decisions fails', async () => {
  const failure = new Error('The media server is gone.')
  const { live, enter, failures } = open({
    decided: () => {
      throw failure
    },
  })
  await enter('an')
  await enter('binh')
  await expect.poll(() => failures).toEqual([failure, failure])
  expect(live.state.people.size).toBe(2)
})
