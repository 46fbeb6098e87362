import type { ClassSession } from '@lectern/protocol'
import { describe, expect, it } from 'vitest'
import { countdown, groupScheduled, latestFirst } from './schedule.ts'

const at = (day: number, hour: number, minute = 0) => new Date(2026, 10, day, hour, minute)
const now = at(22, 12).getTime()

const session = (id: string, scheduled: Date | null, more: Partial<ClassSession> = {}): ClassSession => ({
  id,
  course_id: 'c1',
  title: id,
  status: 'scheduled',
  scheduled_at: scheduled?.toISOString() ?? null,
  duration_min: 45,
  started_at: null,
  ended_at: null,
  locked: false,
  lobby: true,
  ...more,
})

const shape = (sessions: readonly ClassSession[]) =>
  groupScheduled(sessions, now).map(({ kind, sessions: some }) => `${kind}: ${some.map(({ id }) => id).join(' ')}`)

describe('scheduled classes', () => {
  it('stand by calendar days of the reader, the next first', () => {
    const late = session('tomorrow-early', at(23, 0, 5))
    const some = [session('friday', at(27, 9)), late, session('evening', at(22, 23, 55)), session('noon', at(22, 13))]
    expect(shape(some)).toEqual(['day: noon evening', 'day: tomorrow-early', 'day: friday'])
  })

  it('that were reopened come first, those without a time after the days, those that nobody began last', () => {
    const some = [
      session('missed-long-ago', at(20, 9)),
      session('missed', at(21, 9)),
      session('any', null),
      session('next', at(22, 14)),
      session('again', at(20, 9), { started_at: at(20, 9).toISOString() }),
    ]
    expect(shape(some)).toEqual(['reopened: again', 'day: next', 'anytime: any', 'missed: missed missed-long-ago'])
  })

  it('are not missed before they would be over, nor within an hour', () => {
    const some = [
      session('within the hour', at(22, 11, 1), { duration_min: 10 }),
      session('a long one', at(22, 10), { duration_min: 180 }),
      session('over', at(22, 10), { duration_min: null }),
    ]
    expect(shape(some)).toEqual(['day: a long one within the hour', 'missed: over'])
  })
})

it('past classes stand by when they were held, whenever they were planned', () => {
  const held = (id: string, day: number) => session(id, at(day, 9), { started_at: at(day, 9).toISOString() })
  const some = [session('never begun', at(19, 9)), held('first', 18), held('last', 20)]
  expect(latestFirst(some).map(({ id }) => id)).toEqual(['last', 'never begun', 'first'])
})

describe('the countdown', () => {
  it.each([
    ['in more than an hour', at(22, 13, 1), undefined],
    ['within the hour', at(22, 12, 20), { kind: 'soon', minutes: 20 }],
    ['within the minute', new Date(now + 10_000), { kind: 'soon', minutes: 1 }],
    ['at its time', at(22, 12), { kind: 'now' }],
    ['after it', at(22, 11, 55), { kind: 'overdue', minutes: 5 }],
    ['long after', at(22, 9), undefined],
    ['without a time', null, undefined],
  ])('of one that begins %s', (_, scheduled, expected) => {
    expect(countdown(session('one', scheduled), now)).toEqual(expected)
  })

  it('is not for one that was held before', () => {
    expect(countdown(session('one', at(22, 12, 20), { started_at: at(21, 9).toISOString() }), now)).toBeUndefined()
  })
})
