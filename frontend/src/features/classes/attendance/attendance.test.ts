import type { AttendanceRecord } from '@lectern/protocol'
import { describe, expect, it } from 'vitest'
import { chosen, countByStatus, isCorrected, sorted, studentsOf } from './roll.ts'
import { barsOf, placeOf, windowOf } from './timeline.ts'

/** Somebody enrolled who never came, but for what is said otherwise. */
const record = (facts: Partial<AttendanceRecord>): AttendanceRecord => ({
  user_id: 'u1',
  user_name: 'An',
  role: 'student',
  first_joined_at: null,
  last_left_at: null,
  total_seconds: 0,
  percent: 0,
  joins: 0,
  hands_raised: 0,
  messages_sent: 0,
  status: 'absent',
  measured_status: 'absent',
  note: null,
  corrected_by: null,
  intervals: [],
  ...facts,
})

describe('the timeline', () => {
  const START = Date.UTC(2026, 10, 22, 2)
  const minute = (count: number) => START + count * 60_000
  const iso = (count: number) => new Date(minute(count)).toISOString()
  const interval = (from: number, to: number | null) => ({
    joined_at: iso(from),
    left_at: to === null ? null : iso(to),
  })
  const whole = { from: minute(0), to: minute(100) }

  describe('the window', () => {
    it('is from the start to the end of a class that is over', () => {
      const session = { started_at: iso(0), ended_at: iso(45), status: 'ended' } as const
      expect(windowOf(session, [], minute(999))).toEqual({ from: minute(0), to: minute(45) })
    })

    it('of a live one ends now', () => {
      const session = { started_at: iso(0), ended_at: null, status: 'live' } as const
      expect(windowOf(session, [], minute(10))).toEqual({ from: minute(0), to: minute(10) })
    })

    it('of a reopened one reaches to who was there last', () => {
      const session = { started_at: iso(0), ended_at: null, status: 'scheduled' } as const
      const somebody = record({ intervals: [interval(2, 40)] })
      expect(windowOf(session, [somebody], minute(999))).toEqual({ from: minute(0), to: minute(40) })
    })

    it('is none where the class never was live', () => {
      expect(windowOf({ started_at: null, ended_at: null, status: 'scheduled' }, [record({})], START)).toBeUndefined()
      expect(windowOf({ started_at: iso(0), ended_at: null, status: 'live' }, [], minute(0))).toBeUndefined()
    })
  })

  describe('the bars', () => {
    it('are as long as somebody was there, and end now for who still is', () => {
      expect(barsOf([interval(0, 25), interval(50, null)], whole, minute(75))).toEqual([
        { start: 0, width: 0.25 },
        { start: 0.5, width: 0.25 },
      ])
    })

    it('are one where intervals touch or overlap, whatever their order', () => {
      expect(barsOf([interval(20, 60), interval(10, 20), interval(30, 40)], whole, START)).toEqual([
        { start: 0.1, width: 0.5 },
      ])
    })

    it('do not leave the window, and are not too small to see', () => {
      expect(barsOf([interval(-10, 10), interval(90, 130), interval(140, 150)], whole, START)).toEqual([
        { start: 0, width: 0.1 },
        { start: 0.9, width: 0.1 },
      ])
      const [moment] = barsOf([interval(100, 100)], whole, START)
      expect(moment?.width).toBeGreaterThan(0)
      expect((moment?.start ?? 0) + (moment?.width ?? 0)).toBeLessThanOrEqual(1)
    })
  })

  it('a moment has a place within the window alone', () => {
    expect([-1, 0, 10, 100].map((count) => placeOf(minute(count), whole))).toEqual([
      undefined,
      undefined,
      0.1,
      undefined,
    ])
  })
})

describe('the roll', () => {
  const people = [
    record({ user_id: '1', user_name: 'Đỗ Minh', status: 'present', total_seconds: 2_700 }),
    record({ user_id: '2', user_name: 'Ánh', status: 'absent' }),
    record({ user_id: '3', user_name: 'Dung', status: 'late', total_seconds: 1_900 }),
    record({ user_id: '4', user_name: 'Em', status: 'absent' }),
  ]
  const names = (records: readonly { user_name: string }[]) => records.map(({ user_name }) => user_name)

  it('counts by what staff say, where they say something', () => {
    const corrected = record({ status: 'present', measured_status: 'absent', corrected_by: 't1' })
    expect(countByStatus([...people, corrected])).toEqual({ present: 2, late: 1, partial: 0, absent: 2 })
    expect([isCorrected(corrected), isCorrected(record({}))]).toEqual([true, false])
  })

  it('counts students alone', () => {
    expect(studentsOf([record({ role: 'teacher' }), record({ role: 'assistant' }), ...people])).toEqual(people)
  })

  it('sorts names as the language does, and else puts first who needs a look', () => {
    expect(names(sorted(people, 'name', 'vi'))).toEqual(['Ánh', 'Dung', 'Đỗ Minh', 'Em'])
    expect(names(sorted(people, 'status', 'vi'))).toEqual(['Ánh', 'Em', 'Dung', 'Đỗ Minh'])
    expect(names(sorted(people, 'time', 'vi'))).toEqual(['Ánh', 'Em', 'Dung', 'Đỗ Minh'])
  })

  it('finds names without their marks, of one status or of all', () => {
    expect(names(chosen(people, 'do', undefined))).toEqual(['Đỗ Minh'])
    expect(names(chosen(people, '', 'absent'))).toEqual(['Ánh', 'Em'])
    expect(names(chosen(people, 'a', 'late'))).toEqual([])
  })
})
