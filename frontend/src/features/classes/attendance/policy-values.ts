import { type AttendancePolicy, LIMITS } from '@lectern/protocol'

/** As they are typed. */
export interface PolicyValues {
  /** Minutes. */
  readonly late: string
  /** Percent, as the next. */
  readonly present: string
  readonly absent: string
}

type Problem = 'minutes' | 'percent' | 'order'

const isCount = (typed: string, most: number): boolean => /^\s*\d+\s*$/.test(typed) && Number(typed) <= most

/** Who is absent below more than what makes present would never be called partial. */
export function policyProblems({ late, present, absent }: PolicyValues): Partial<Record<keyof PolicyValues, Problem>> {
  return {
    ...(isCount(late, LIMITS.classMinutes) ? {} : { late: 'minutes' }),
    ...(isCount(present, 100) ? {} : { present: 'percent' }),
    ...(isCount(absent, 100)
      ? isCount(present, 100) && Number(absent) > Number(present)
        ? { absent: 'order' }
        : {}
      : { absent: 'percent' }),
  }
}

export const policyOf = ({ late, present, absent }: PolicyValues): AttendancePolicy => ({
  late_after_min: Number(late),
  present_percent: Number(present),
  absent_below_percent: Number(absent),
})
