import { describe, expect, it } from 'vitest'
import { byDay, byHour } from './zoned-buckets.ts'

const at = (time: string, count = 1) => ({ at: Date.parse(time), count })
const hours = (buckets: ReturnType<typeof at>[], timeZone: string) =>
  Object.fromEntries(byHour(buckets, timeZone).flatMap((count, hour) => (count > 0 ? [[hour, count]] : [])))

describe('days and hours of a zone', () => {
  it('are its own, not those of UTC', () => {
    const buckets = [at('2026-03-01T16:45:00Z', 2), at('2026-03-01T17:00:00Z', 3)]
    expect(byDay(buckets, 'UTC')).toEqual([{ date: '2026-03-01', count: 5 }])
    expect(byDay(buckets, 'Asia/Ho_Chi_Minh')).toEqual([
      { date: '2026-03-01', count: 2 },
      { date: '2026-03-02', count: 3 },
    ])
    expect(hours(buckets, 'Asia/Ho_Chi_Minh')).toEqual({ 0: 3, 23: 2 })
  })

  it('follow a zone whose offset is no whole hour', () => {
    expect(hours([at('2026-03-01T18:15:00Z')], 'Asia/Kathmandu')).toEqual({ 0: 1 })
    expect(byDay([at('2026-03-01T18:15:00Z')], 'Asia/Kathmandu')).toEqual([{ date: '2026-03-02', count: 1 }])
  })

  it('follow the change to and from summer time', () => {
    const spring = [at('2026-03-29T00:45:00Z'), at('2026-03-29T01:00:00Z')]
    expect(hours(spring, 'Europe/Berlin')).toEqual({ 1: 1, 3: 1 })
    const autumn = [at('2026-10-25T00:00:00Z'), at('2026-10-25T01:00:00Z'), at('2026-10-25T02:00:00Z')]
    expect(hours(autumn, 'Europe/Berlin')).toEqual({ 2: 2, 3: 1 })
    expect(byDay([at('2026-10-25T22:45:00Z'), at('2026-10-25T23:00:00Z')], 'Europe/Berlin')).toEqual([
      { date: '2026-10-25', count: 1 },
      { date: '2026-10-26', count: 1 },
    ])
  })

  it('are 24 hours, and no day, where nothing was said', () => {
    expect(byHour([], 'UTC')).toEqual(Array(24).fill(0))
    expect(byDay([], 'UTC')).toEqual([])
  })
})
