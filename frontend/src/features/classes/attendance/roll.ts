import type { AttendanceRecord, AttendanceStatus } from '@lectern/protocol'
import { matches } from '../../../ui/fold.ts'

/** As a teacher reads them. */
export const STATUSES = ['present', 'late', 'partial', 'absent'] as const satisfies readonly AttendanceStatus[]

export const SORTS = ['name', 'status', 'time'] as const
export type Sort = (typeof SORTS)[number]

export type Counts = Readonly<Record<AttendanceStatus, number>>

export const isCorrected = ({ corrected_by }: AttendanceRecord): boolean => corrected_by !== null

/** What is counted and judged: staff are there of office. */
export const studentsOf = (records: readonly AttendanceRecord[]): readonly AttendanceRecord[] =>
  records.filter(({ role }) => role === 'student')

export function countByStatus(records: readonly AttendanceRecord[]): Counts {
  const counts = { present: 0, late: 0, partial: 0, absent: 0 }
  for (const { status } of records) counts[status] += 1
  return counts
}

/** By name in the language's order; those whose turn is needed first: the absent, and who was there least. */
export function sorted(records: readonly AttendanceRecord[], by: Sort, language: string): readonly AttendanceRecord[] {
  const { compare } = new Intl.Collator(language)
  const byName = (one: AttendanceRecord, other: AttendanceRecord) => compare(one.user_name, other.user_name)
  const rank = ({ status }: AttendanceRecord) => -STATUSES.indexOf(status)
  switch (by) {
    case 'name':
      return records.toSorted(byName)
    case 'status':
      return records.toSorted((one, other) => rank(one) - rank(other) || byName(one, other))
    case 'time':
      return records.toSorted((one, other) => one.total_seconds - other.total_seconds || byName(one, other))
  }
}

/** @param status undefined for all */
export const chosen = (
  records: readonly AttendanceRecord[],
  query: string,
  status: AttendanceStatus | undefined,
): readonly AttendanceRecord[] =>
  records.filter((one) => (status === undefined || one.status === status) && matches(one.user_name, query))
