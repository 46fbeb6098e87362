import { describe, expect, it } from 'vitest'
import { attendanceRecords, type Measured } from './attendance.figures.ts'
import type { StoredInterval, StoredPerson } from './attendance.types.ts'

const MINUTE = 60_000
const T0 = Date.parse('2026-03-02T01:00:00Z')
const at = (minute: number) => T0 + minute * MINUTE
const iso = (minute: number) => new Date(at(minute)).toISOString()

const span = (from: number, to: number | null, id = 'span') => ({
  ...{ id, from: at(from), to: to === null ? null : at(to) },
  ...{ afterSeq: 0, upToSeq: null },
})
const interval = (
  userId: string,
  from: number,
  to: number | null,
  more: Partial<StoredInterval> = {},
): StoredInterval => ({
  spanId: 'span',
  userId,
  userName: userId,
  role: 'student',
  isEntry: true,
  from: at(from),
  to: to === null ? null : at(to),
  ...more,
})
const said = (person: Partial<StoredPerson>): StoredPerson => ({
  ...{ userId: 'an', handsRaised: 0, status: null, note: null, correctedBy: null },
  ...person,
})
const HOUR_LONG = [span(0, 60)]

/** `minutes`: of the spans of the class; an hour by default. */
const recordsOf = ({ stored, ...more }: Partial<Omit<Measured, 'stored'>> & { stored?: Partial<Measured['stored']> }) =>
  attendanceRecords({
    stored: { spans: HOUR_LONG, intervals: [], people: [], ...stored },
    members: [{ userId: 'an', name: 'An', role: 'student' }],
    messages: new Map(),
    policy: { late_after_min: 10, present_percent: 75, absent_below_percent: 0 },
    now: at(60),
    ...more,
  })
const recordOf = (input: Parameters<typeof recordsOf>[0]) => recordsOf(input)[0]

describe('RTC40: the percent', () => {
  it('is of all times at which the class was live, and of none between', () => {
    const spans = [span(0, 30), span(1_000, 1_030, 'again')]
    const intervals = [interval('an', 0, 30), interval('an', 1_000, 1_015, { spanId: 'again' })]
    expect(recordOf({ stored: { spans, intervals } })).toMatchObject({ percent: 75, total_seconds: 2_700 })
  })

  it('counts what goes on up to now', () => {
    const stored = { spans: [span(0, null)], intervals: [interval('an', 10, null)] }
    expect(recordOf({ stored, now: at(40) })).toMatchObject({ percent: 75, total_seconds: 1_800, last_left_at: null })
    expect(recordOf({ stored, now: at(20) })).toMatchObject({ percent: 50, total_seconds: 600 })
  })

  it.each([
    [1, 33.3],
    [2, 66.7],
    [3, 100],
  ])('has one decimal (%i thirds)', (thirds, percent) => {
    const stored = { intervals: [interval('an', 0, thirds * 20)] }
    expect(recordOf({ stored })).toMatchObject({ percent })
  })

  it('is 0 of a class that was never live, or only just is', () => {
    expect(recordOf({ stored: { spans: [] } })).toMatchObject({ percent: 0, status: 'absent' })
    const stored = { spans: [span(0, null)], intervals: [interval('an', 0, null)] }
    expect(recordOf({ stored, now: at(0) })).toMatchObject({
      percent: 0,
      total_seconds: 0,
      intervals: [{ left_at: null }],
    })
  })

  it('is none below 0 where the clock of a new process is behind', () => {
    const stored = { spans: [span(0, null)], intervals: [interval('an', 1, null)] }
    expect(recordOf({ stored, now: at(-5) })).toMatchObject({ percent: 0, total_seconds: 0 })
  })

  it('of who came and went at once is 0, and they came', () => {
    const stored = { intervals: [interval('an', 5, 5)] }
    expect(recordOf({ stored })).toMatchObject({
      ...{ percent: 0, total_seconds: 0, joins: 1, first_joined_at: iso(5), last_left_at: iso(5) },
      status: 'partial',
    })
  })
})

describe('RTC42: what is counted', () => {
  it('are entries, not the intervals that a restart began', () => {
    const intervals = [interval('an', 0, 10), interval('an', 11, 20, { isEntry: false }), interval('an', 40, null)]
    expect(recordOf({ stored: { intervals } })).toMatchObject({
      joins: 2,
      first_joined_at: iso(0),
      last_left_at: null,
      intervals: [
        { joined_at: iso(0), left_at: iso(10) },
        { joined_at: iso(11), left_at: iso(20) },
        { joined_at: iso(40), left_at: null },
      ],
    })
  })

  it('are hands and messages', () => {
    const stored = { people: [said({ handsRaised: 3 })] }
    expect(recordOf({ stored, messages: new Map([['an', 7]]) })).toMatchObject({ hands_raised: 3, messages_sent: 7 })
    expect(recordOf({})).toMatchObject({ hands_raised: 0, messages_sent: 0 })
  })
})

describe('RTC41: there is a row', () => {
  it('for the absent too, and for who attended and is enrolled no more, by name', () => {
    const members = [
      { userId: 'u1', name: 'Ông Bảy', role: 'teacher' },
      { userId: 'u2', name: 'Đặng An', role: 'student' },
      { userId: 'u3', name: 'Dũng', role: 'student' },
    ] as const
    const intervals = [interval('gone', 0, 9, { userName: 'Ân', role: 'assistant' }), interval('u3', 0, 60)]
    const rows = recordsOf({ stored: { intervals }, members })
    expect(rows.map(({ user_name, role, status }) => [user_name, role, status])).toEqual([
      ['Ân', 'assistant', 'partial'],
      ['Dũng', 'student', 'present'],
      ['Đặng An', 'student', 'absent'],
      ['Ông Bảy', 'teacher', 'absent'],
    ])
  })

  it('for an administrator only who is enrolled', () => {
    const looksIn = interval('root', 0, 60, { role: 'admin' })
    expect(recordsOf({ stored: { intervals: [looksIn] }, members: [] })).toEqual([])
    const members = [{ userId: 'root', name: 'Root', role: 'teacher' }] as const
    expect(recordsOf({ stored: { intervals: [looksIn] }, members })).toMatchObject([{ role: 'teacher', percent: 100 }])
  })
})

describe('RTC43: the status', () => {
  const policy = { late_after_min: 10, present_percent: 75, absent_below_percent: 20 }

  it.each([
    ['absent', 'who never came', []],
    ['absent', 'who was there for less than the least', [interval('an', 0, 11)]],
    ['partial', 'who was there for the least', [interval('an', 0, 12)]],
    ['partial', 'who came late and was there for too little', [interval('an', 30, 60)]],
    ['late', 'who came late', [interval('an', 10.1, 60)]],
    ['present', 'who came when it was not late yet', [interval('an', 10, 60)]],
    ['present', 'who came in time, and later was away for a while', [interval('an', 0, 5), interval('an', 20, 60)]],
  ] as const)('is %s of %s', (status, _, intervals) => {
    expect(recordOf({ stored: { intervals }, policy })).toMatchObject({ status, measured_status: status })
  })

  it.each([
    ['present', 4],
    ['late', 6],
  ])(
    'goes by how long the class has been live, not by the clock, which went back in a restart: %s',
    (status, minute) => {
      const spans = [span(100, 106, 'before'), span(0, 60)]
      expect(recordOf({ stored: { spans, intervals: [interval('an', minute, 60)] }, policy })).toMatchObject({ status })
    },
  )

  it('goes by the percent that is shown', () => {
    const stored = { intervals: [interval('an', 0, 44.98)] }
    expect(recordOf({ stored, policy })).toMatchObject({ percent: 75, status: 'present' })
  })

  it('that staff have said stands beside what was measured', () => {
    const correction = said({ status: 'present', note: 'Có phép', correctedBy: 'co' })
    expect(recordOf({ stored: { people: [correction] } })).toMatchObject({
      ...{ status: 'present', measured_status: 'absent', note: 'Có phép', corrected_by: 'co' },
      percent: 0,
    })
  })
})
