import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import { calendarDay, weekdayName } from './calendar.ts'

const MONDAY = new Date(2026, 10, 2)

// What whoever runs the tests reads is nothing to them.
beforeAll(() => void vi.stubGlobal('navigator', { languages: [] }))
afterAll(() => void vi.unstubAllGlobals())

it('shortens a month beside its day', () => {
  expect(calendarDay(MONDAY, 'vi')).toEqual({ day: '2', month: 'thg 11' })
  expect(calendarDay(MONDAY, 'en')).toEqual({ day: '2', month: 'Nov' })
})

it('begins the name of a day with a capital', () => {
  expect([weekdayName(MONDAY, 'en'), weekdayName(MONDAY, 'vi')]).toEqual(['Monday', 'Thứ Hai'])
})
