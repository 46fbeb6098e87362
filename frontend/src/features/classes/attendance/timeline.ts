import type { AttendanceRecord, ClassSession } from '@lectern/protocol'

/** From when to when, in epoch milliseconds. */
export interface Span {
  readonly from: number
  readonly to: number
}

/** In parts of the whole, 0 to 1. */
export interface Bar {
  readonly start: number
  readonly width: number
}

/** What is a moment in a long class is seen all the same. */
const LEAST_WIDTH = 0.006

type Interval = AttendanceRecord['intervals'][number]

const spanOf = ({ joined_at, left_at }: Interval, now: number): Span => ({
  from: Date.parse(joined_at),
  to: left_at === null ? now : Date.parse(left_at),
})

/** Between whose ends all of the class lies that was live; undefined where it never was. */
export function windowOf(
  { started_at, ended_at, status }: Pick<ClassSession, 'started_at' | 'ended_at' | 'status'>,
  records: readonly AttendanceRecord[],
  now: number,
): Span | undefined {
  const spans = records.flatMap(({ intervals }) => intervals.map((interval) => spanOf(interval, now)))
  const starts = [...(started_at === null ? [] : [Date.parse(started_at)]), ...spans.map(({ from }) => from)]
  if (starts.length === 0) return undefined
  const end = status === 'live' ? now : ended_at === null ? 0 : Date.parse(ended_at)
  const from = Math.min(...starts)
  const to = Math.max(end, ...spans.map((span) => span.to))
  return to > from ? { from, to } : undefined
}

/** Where somebody's intervals lie in the whole, in order; those that touch are one. */
export function barsOf(intervals: readonly Interval[], whole: Span, now: number): readonly Bar[] {
  const length = whole.to - whole.from
  const spans = intervals
    .map((interval) => spanOf(interval, now))
    .map(({ from, to }) => ({ from: Math.max(from, whole.from), to: Math.min(to, whole.to) }))
    .filter(({ from, to }) => to >= from)
    .toSorted((one, other) => one.from - other.from)
  const merged: { from: number; to: number }[] = []
  for (const span of spans) {
    const last = merged.at(-1)
    if (last !== undefined && span.from <= last.to) last.to = Math.max(last.to, span.to)
    else merged.push({ ...span })
  }
  return merged.map(({ from, to }) => {
    const width = Math.max((to - from) / length, LEAST_WIDTH)
    return { start: Math.min((from - whole.from) / length, 1 - width), width }
  })
}

/** Where in the whole a moment lies; undefined outside of it. */
export function placeOf(time: number, whole: Span): number | undefined {
  const place = (time - whole.from) / (whole.to - whole.from)
  return place > 0 && place < 1 ? place : undefined
}
