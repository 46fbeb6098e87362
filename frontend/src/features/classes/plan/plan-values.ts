import { type ClassSession, LIMITS } from '@lectern/protocol'
import type { SessionFields } from '../../../lectern/class-queries.ts'

/** As they stand in the form: a date and a time of day of this machine's zone, as its inputs write them. */
export interface PlanValues {
  readonly title: string
  /** `2026-11-22`; empty for none. */
  readonly date: string
  /** `09:30`; empty for none. */
  readonly time: string
  /** Minutes; empty for none. */
  readonly duration: string
  readonly lobby: boolean
}

export interface PlanProblems {
  title?: 'missing' | 'tooLong'
  date?: 'missing' | 'past' | 'invalid'
  time?: 'missing' | 'past'
  duration?: 'invalid'
}

const two = (value: number): string => String(value).padStart(2, '0')

const dateOf = (at: Date): string => `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}`
const timeOf = (at: Date): string => `${two(at.getHours())}:${two(at.getMinutes())}`

const USUAL_MIN = '60'

/** For a class that is planned anew: the next full hour, but one that is nearly there. */
export function newPlan(now: number): PlanValues {
  const at = new Date(now + 90 * 60_000)
  at.setMinutes(0, 0, 0)
  return { title: '', date: dateOf(at), time: timeOf(at), duration: USUAL_MIN, lobby: true }
}

export function planOf({ title, scheduled_at, duration_min, lobby }: ClassSession): PlanValues {
  const at = scheduled_at === null ? undefined : new Date(scheduled_at)
  return {
    title,
    date: at === undefined ? '' : dateOf(at),
    time: at === undefined ? '' : timeOf(at),
    duration: duration_min === null ? '' : String(duration_min),
    lobby,
  }
}

const scheduledAt = ({ date, time }: PlanValues): number => new Date(`${date}T${time}`).getTime()

/** @param before what was planned until now: a time that has passed may stay */
export function problemsOf(values: PlanValues, now: number, before?: PlanValues): PlanProblems {
  const { title, date, time, duration } = values
  const problems: PlanProblems = {}
  if (title.trim() === '') problems.title = 'missing'
  else if (title.trim().length > LIMITS.title) problems.title = 'tooLong'
  if (date === '' && time !== '') problems.date = 'missing'
  if (date !== '' && time === '') problems.time = 'missing'
  if (date !== '' && time !== '') {
    const isSame = before !== undefined && before.date === date && before.time === time
    const at = scheduledAt(values)
    if (Number.isNaN(at)) problems.date = 'invalid'
    else if (at < now && !isSame) problems[dateOf(new Date(now)) === date ? 'time' : 'date'] = 'past'
  }
  const minutes = Number(duration)
  const isLength = Number.isInteger(minutes) && minutes >= 1 && minutes <= LIMITS.classMinutes
  if (duration.trim() !== '' && !isLength) problems.duration = 'invalid'
  return problems
}

/** What is sent of values without a problem. */
export function fieldsOf(values: PlanValues): SessionFields {
  const { title, date, duration, lobby } = values
  return {
    title: title.trim(),
    scheduled_at: date === '' ? null : new Date(scheduledAt(values)).toISOString(),
    duration_min: duration.trim() === '' ? null : Number(duration),
    lobby,
  }
}

/** What is another than it was. */
export function changesOf(session: ClassSession, fields: SessionFields): Partial<SessionFields> {
  const isMoved =
    (session.scheduled_at === null ? null : Date.parse(session.scheduled_at)) !==
    (fields.scheduled_at === null ? null : Date.parse(fields.scheduled_at))
  return {
    ...(session.title === fields.title ? {} : { title: fields.title }),
    ...(isMoved ? { scheduled_at: fields.scheduled_at } : {}),
    ...(session.duration_min === fields.duration_min ? {} : { duration_min: fields.duration_min }),
    ...(session.lobby === fields.lobby ? {} : { lobby: fields.lobby }),
  }
}
