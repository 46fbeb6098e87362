import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import { clockTime, dayName, daysAgo, longDate, regional, relativeTime, shortDate } from './time.ts'

const at = (day: number, hour = 9, minute = 47) => new Date(2026, 10, day, hour, minute)
const now = at(22, 12, 0)

// What whoever runs the tests reads is nothing to them.
beforeAll(() => void vi.stubGlobal('navigator', { languages: [] }))
afterAll(() => void vi.unstubAllGlobals())

it('counts calendar days, not spans of 24 hours', () => {
  expect([at(22, 0, 0), at(21, 23, 59), at(1), at(23, 0, 0)].map((time) => daysAgo(time, now))).toEqual([0, 1, 21, -1])
})

it('names days as the language does', () => {
  const named = (language: string) => [23, 22, 21, 16].map((day) => dayName(at(day), language, now))
  expect(named('en')).toEqual(['Tomorrow', 'Today', 'Yesterday', 'Monday, November 16'])
  expect(named('vi')).toEqual(['Ngày mai', 'Hôm nay', 'Hôm qua', 'Thứ Hai, 16 tháng 11'])
})

it('says the year where it is another', () => {
  expect(longDate(new Date(2025, 0, 2), 'en', now)).toBe('Thursday, January 2, 2025')
})

it('writes times and dates as the language does', () => {
  expect(clockTime(at(22), 'vi')).toBe('9:47')
  expect(clockTime(at(22), 'en').replaceAll(/\s/g, ' ')).toBe('9:47 AM')
  expect(shortDate(at(2), 'vi', now)).toBe('2 thg 11')
  expect(shortDate('2025-11-02T05:00:00.000Z', 'vi', now)).toBe('2 thg 11, 2025')
})

it('says how long ago, and after a week when', () => {
  expect(relativeTime(now.getTime() - 5 * 60_000, 'en', now)).toBe('5 min. ago')
  expect(relativeTime(now.getTime() - 10_000, 'en', now)).toBe('now')
  expect(relativeTime(at(1), 'en', now)).toBe('Nov 1')
})

it('writes a language as in the region of who reads it, where they read it', () => {
  expect(regional('en', ['vi-VN', 'en-GB', 'en-US'])).toBe('en-GB')
  expect(regional('en', ['vi-VN', 'fr'])).toBe('en')
  expect(regional('en', ['en', 'en-GB'])).toBe('en')
  expect(longDate(at(16), regional('en', ['en-GB']), now)).toBe('Monday 16 November')
})

it('takes no more than the region of what a browser says, which no formatter may know', () => {
  const said = ['en-US@posix', 'en-Latn-AU', 'en-001', 'en-IN-u-hc-h12', 'en-x-own']
  expect(said.map((tag) => regional('en', [tag]))).toEqual(['en-US', 'en-AU', 'en-001', 'en-IN', 'en'])
})
