import type { CourseRole } from '@lectern/protocol'
import type { PersonKey } from './people.ts'

/** When: the day of the seven before today, from 0, and the time of day in Vietnam. */
type At = `${0 | 1 | 2 | 3 | 4 | 5 | 6} ${number}:${number}`

interface Turn {
  readonly at: At
  readonly by: PersonKey
}

/** `as` names a message for what comes after it. */
export type Step =
  | (Turn & {
      readonly say: string
      readonly as?: string
      readonly replyTo?: string
      readonly mention?: readonly (PersonKey | 'all')[]
      readonly announcement?: true
    })
  | (Turn & { readonly edit: string; readonly to: string })
  | (Turn & { readonly react: string; readonly emoji: string })
  | (Turn & { readonly pin: string })
  | (Turn & { readonly remove: string })
  | (Turn & { /** Up to which `seq`. */ readonly read: number })

/** `plan` names a class, for those who come and go. */
export type LessonStep =
  | (Turn & { readonly plan: string; readonly title: string; readonly startsInMin: number; readonly minutes: number })
  | (Turn & { readonly enter: string })
  | (Turn & { readonly exit: string })
  | (Turn & { /** Whoever ends it has left, too. */ readonly end: string })

export interface PlannedClass {
  readonly title: string
  readonly inDays: number
  readonly at: `${number}:${number}`
  readonly minutes: number
}

export interface DemoCourse {
  readonly title: string
  /** Makes the course and is its teacher. */
  readonly teacher: PersonKey
  readonly members: Readonly<Partial<Record<PersonKey, CourseRole>>>
  /** Planned live classes: how many days from today, and the time of day in Vietnam. */
  readonly classes?: readonly PlannedClass[]
  /** In the order of time. */
  readonly talk: readonly (Step | LessonStep)[]
}

export const MINUTE_MS = 60_000
export const HOUR_MS = 60 * MINUTE_MS
export const DAY_MS = 24 * HOUR_MS

/** Milliseconds since the midnight that days are counted from. */
export function timeOf(at: `${number} ${number}:${number}`): number {
  const [day = 0, hours = 0, minutes = 0] = at.split(/[ :]/).map(Number)
  return day * DAY_MS + hours * HOUR_MS + minutes * MINUTE_MS
}
