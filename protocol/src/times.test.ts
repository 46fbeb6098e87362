import { expect, it } from 'vitest'
import { time, timeInput, toTime } from './times.ts'

it('GEN17: times leave in UTC with milliseconds', () => {
  expect(toTime(0)).toBe('1970-01-01T00:00:00.000Z')
  expect(time.safeParse(toTime(1_769_847_300_001)).success).toBe(true)
})

it('GEN17: times come in with Z or an offset, or as a date', () => {
  expect(timeInput.parse('2026-01-31T08:15:00Z')).toBe(Date.UTC(2026, 0, 31, 8, 15))
  expect(timeInput.parse('2026-01-31T15:15:00.500+07:00')).toBe(Date.UTC(2026, 0, 31, 8, 15, 0, 500))
  expect(timeInput.parse('2026-01-31')).toBe(Date.UTC(2026, 0, 31))
})

it.each([
  '',
  'now',
  '2026-02-31',
  '2026-13-01',
  '2026-01-31T08:15:00',
  '31/01/2026',
  '1769847300',
  1_769_847_300,
  null,
  '+292277026596-01-01',
])('refuses %j as a time', (value) => expect(timeInput.safeParse(value).success).toBe(false))
