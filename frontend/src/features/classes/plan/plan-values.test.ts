import type { ClassSession } from '@lectern/protocol'
import { describe, expect, it } from 'vitest'
import { changesOf, fieldsOf, newPlan, planOf, problemsOf } from './plan-values.ts'

const now = new Date(2026, 10, 22, 9, 50).getTime()
const plan = { ...newPlan(now), title: ' Bài 1 ' }
const session: ClassSession = {
  id: 's1',
  course_id: 'c1',
  title: 'Bài 1',
  status: 'scheduled',
  scheduled_at: new Date(2026, 10, 22, 11).toISOString(),
  duration_min: 60,
  started_at: null,
  ended_at: null,
  locked: false,
  lobby: true,
}

it('a new plan begins at a full hour that is not upon us, and has the usual length', () => {
  expect(plan).toEqual({ title: ' Bài 1 ', date: '2026-11-22', time: '11:00', duration: '60', lobby: true })
  expect(newPlan(new Date(2026, 11, 31, 23, 10).getTime())).toMatchObject({ date: '2027-01-01', time: '00:00' })
})

describe('a plan', () => {
  it('says the moment that its date and time are here', () => {
    expect(problemsOf(plan, now)).toEqual({})
    expect(fieldsOf(plan)).toEqual({
      title: 'Bài 1',
      scheduled_at: new Date(2026, 10, 22, 11).toISOString(),
      duration_min: 60,
      lobby: true,
    })
  })

  it('may have neither time nor length', () => {
    const open = { ...plan, date: '', time: '', duration: '' }
    expect(problemsOf(open, now)).toEqual({})
    expect(fieldsOf(open)).toMatchObject({ scheduled_at: null, duration_min: null })
  })

  it.each([
    [{ title: '  ' }, { title: 'missing' }],
    [{ title: 'x'.repeat(201) }, { title: 'tooLong' }],
    [{ date: '' }, { date: 'missing' }],
    [{ time: '' }, { time: 'missing' }],
    [{ time: '09:49' }, { time: 'past' }],
    [{ date: '2026-11-21' }, { date: 'past' }],
    [{ date: '12026-99-99' }, { date: 'invalid' }],
    [{ duration: '0' }, { duration: 'invalid' }],
    [{ duration: '1.5' }, { duration: 'invalid' }],
    [{ duration: '1441' }, { duration: 'invalid' }],
  ])('with %o has the problem %o', (change, problems) => {
    expect(problemsOf({ ...plan, ...change }, now)).toEqual(problems)
  })

  it('that is changed may keep a time that has passed', () => {
    const before = planOf({ ...session, scheduled_at: new Date(2026, 10, 20, 8).toISOString() })
    expect(problemsOf({ ...before, title: 'Another' }, now, before)).toEqual({})
    expect(problemsOf({ ...before, time: '08:30' }, now, before)).toEqual({ date: 'past' })
  })

  it('comes back as it was, and changes only what is another', () => {
    expect(changesOf(session, fieldsOf(planOf(session)))).toEqual({})
    expect(changesOf(session, fieldsOf({ ...planOf(session), time: '12:00', lobby: false }))).toEqual({
      scheduled_at: new Date(2026, 10, 22, 12).toISOString(),
      lobby: false,
    })
  })
})
