/** How much lies in the quarter of an hour that begins `at` (milliseconds since the epoch). */
export interface Bucket {
  readonly at: number
  readonly count: number
}

export interface DayCount {
  /** `2026-03-02`. */
  readonly date: string
  readonly count: number
}

/** The zone's days that hold something, in their order. `buckets` are in the order of time. */
export function byDay(buckets: readonly Bucket[], timeZone: string): DayCount[] {
  const dateOf = dateIn(timeZone)
  const days = new Map<string, number>()
  for (const { at, count } of buckets) {
    const date = dateOf(at)
    days.set(date, (days.get(date) ?? 0) + count)
  }
  return [...days].map(([date, count]) => ({ date, count }))
}

/** For each hour of the zone's day, 0 to 23. An hour that a change of the clock repeats holds both. */
export function byHour(buckets: readonly Bucket[], timeZone: string): number[] {
  const hourOf = new Intl.DateTimeFormat('en-GB', { timeZone, hour: '2-digit', hourCycle: 'h23' })
  const hours = Array.from({ length: 24 }, () => 0)
  for (const { at, count } of buckets) {
    const hour = Number(hourOf.format(at))
    hours[hour] = (hours[hour] ?? 0) + count
  }
  return hours
}

function dateIn(timeZone: string): (at: number) => string {
  const format = new Intl.DateTimeFormat('en', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit' })
  return (at) => {
    const parts = new Map(format.formatToParts(at).map(({ type, value }) => [type, value]))
    return `${parts.get('year')}-${parts.get('month')}-${parts.get('day')}`
  }
}
