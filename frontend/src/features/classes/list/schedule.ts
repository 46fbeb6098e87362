import type { ClassSession } from '@lectern/protocol'
import { daysAgo } from '../../../ui/time.ts'

/** Of one that has no length of its own. */
const USUAL_MIN = 60
const MINUTE_MS = 60_000
/** A little late is still to come. */
const PATIENCE_MS = 60 * MINUTE_MS

/** Classes that are not live nor over, as they are shown together. */
export type ScheduleGroup =
  /** Were held once, and can go live again. */
  | { readonly kind: 'reopened'; readonly sessions: readonly ClassSession[] }
  /** Of one calendar day of the reader's zone; `day` is a time in it. */
  | { readonly kind: 'day'; readonly day: string; readonly sessions: readonly ClassSession[] }
  | { readonly kind: 'anytime'; readonly sessions: readonly ClassSession[] }
  /** Their time has passed, and nobody began them. */
  | { readonly kind: 'missed'; readonly sessions: readonly ClassSession[] }

const startOf = ({ scheduled_at }: ClassSession): number => (scheduled_at === null ? 0 : Date.parse(scheduled_at))

const isMissed = (session: ClassSession, now: number): boolean =>
  session.scheduled_at !== null &&
  startOf(session) + Math.max((session.duration_min ?? USUAL_MIN) * MINUTE_MS, PATIENCE_MS) < now

const kindOf = (session: ClassSession, now: number): ScheduleGroup['kind'] => {
  if (session.started_at !== null) return 'reopened'
  if (session.scheduled_at === null) return 'anytime'
  return isMissed(session, now) ? 'missed' : 'day'
}

/** What comes next first; what was missed last, the latest of it first. Empty groups are left out. */
export function groupScheduled(sessions: readonly ClassSession[], now: number): readonly ScheduleGroup[] {
  const byStart = sessions.toSorted((one, other) => startOf(one) - startOf(other))
  const of = (kind: ScheduleGroup['kind']) => byStart.filter((session) => kindOf(session, now) === kind)
  const days = Map.groupBy(of('day'), ({ scheduled_at }) => daysAgo(scheduled_at ?? now, now))
  const groups: readonly ScheduleGroup[] = [
    { kind: 'reopened', sessions: of('reopened') },
    ...[...days.values()].map((ofDay) => ({
      kind: 'day' as const,
      day: ofDay[0]?.scheduled_at ?? '',
      sessions: ofDay,
    })),
    { kind: 'anytime', sessions: of('anytime') },
    { kind: 'missed', sessions: of('missed').toReversed() },
  ]
  return groups.filter(({ sessions: some }) => some.length > 0)
}

/** The latest held first, over all the pages that are there. */
export const latestFirst = (sessions: readonly ClassSession[]): readonly ClassSession[] =>
  sessions.toSorted((one, other) => heldAt(other) - heldAt(one))

const heldAt = ({ started_at, scheduled_at, ended_at }: ClassSession): number =>
  Date.parse(started_at ?? scheduled_at ?? ended_at ?? '') || 0

const NEAR_MS = 60 * MINUTE_MS

export type Countdown =
  | { readonly kind: 'soon'; readonly minutes: number }
  | { readonly kind: 'now' }
  /** Its time came, and nobody has begun it. */
  | { readonly kind: 'overdue'; readonly minutes: number }

/** How long until it begins; undefined where that is not near, or past caring. */
export function countdown(session: ClassSession, now: number): Countdown | undefined {
  if (session.scheduled_at === null || session.started_at !== null || isMissed(session, now)) return undefined
  const ahead = startOf(session) - now
  if (ahead > NEAR_MS) return undefined
  if (ahead > 0) return { kind: 'soon', minutes: Math.ceil(ahead / MINUTE_MS) }
  return -ahead < MINUTE_MS ? { kind: 'now' } : { kind: 'overdue', minutes: Math.floor(-ahead / MINUTE_MS) }
}
