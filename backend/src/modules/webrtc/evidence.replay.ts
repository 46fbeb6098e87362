import { REGISTER } from './evidence.ts'
import type { NewEvidence } from './evidence.types.ts'

export type Values = Readonly<Record<string, string | number | null>>
export type AttestedTable = 'class_spans' | 'attendance_intervals' | 'attendance_people' | 'attendance_policies'

/** A row as entries say that it is. Without `last_seen_at` where it is open: that moves and is in no entry. */
export interface AttestedRow {
  readonly table: AttestedTable
  readonly key: string
  readonly values: Values
}

/** What a session's entries, in their order, have made of its rows. */
export function replay(sessionId: string, entries: readonly NewEvidence[]): AttestedRow[] {
  const rows = new Map<string, AttestedRow>()
  for (const entry of entries) {
    const change = changeBy(sessionId, entry)
    if (change === undefined) continue
    const place = `${change.table} ${change.key}`
    const before = rows.get(place)?.values
    rows.set(place, { ...change, values: { ...before, ...change.valuesAfter(before) } })
  }
  return [...rows.values()]
}

interface Change {
  readonly table: AttestedTable
  readonly key: string
  /** Columns that the entry changes. */
  readonly valuesAfter: (before: Values | undefined) => Values
}

function changeBy(session_id: string, entry: NewEvidence): Change | undefined {
  const { at } = entry
  switch (entry.kind) {
    case 'live': {
      const { span: id, number, after_seq } = entry.data
      const row = { id, session_id, number, started_at: at, ended_at: null, after_seq, up_to_seq: null }
      return change('class_spans', id, row)
    }
    case 'ended': {
      const { span, up_to_seq } = entry.data
      return change('class_spans', span, { ended_at: at, last_seen_at: at, up_to_seq })
    }
    case 'entered': {
      const { interval: id, span: span_id, user: user_id, user_name, role } = entry.data
      const is_entry = entry.data.is_entry ? 1 : 0
      const row = { id, session_id, span_id, user_id, user_name, role, is_entry, joined_at: at, left_at: null }
      return change('attendance_intervals', id, row)
    }
    case 'left':
      return change('attendance_intervals', entry.data.interval, { left_at: at, last_seen_at: at })
    case 'hand':
      return changeOfPerson(session_id, entry.data.user, (before) => ({
        hands_raised: Number(before['hands_raised']) + 1,
      }))
    case 'corrected': {
      const { user, status, note, by } = entry.data
      const said = status === null ? UNCORRECTED : { status, note, corrected_by: by, corrected_at: at }
      return changeOfPerson(session_id, user, () => said)
    }
    case 'policy': {
      const { course, by: _, ...policy } = entry.data
      return change('attendance_policies', course, { course_id: course, ...policy })
    }
    case 'class':
      return undefined
  }
}

const UNCORRECTED = { status: null, note: null, corrected_by: null, corrected_at: null }

const change = (table: AttestedTable, key: string, values: Values): Change => ({
  table,
  key,
  valuesAfter: () => values,
})

const changeOfPerson = (session_id: string, user_id: string, after: (before: Values) => Values): Change => ({
  table: 'attendance_people',
  key: user_id,
  valuesAfter: (before = { session_id, user_id, hands_raised: 0, ...UNCORRECTED }) => ({ ...before, ...after(before) }),
})

/** Names a row, or what stands in a log, to the operator. */
export const ofClass = (sessionId: string): string =>
  sessionId === REGISTER ? 'of the register of classes' : `of class ${sessionId}`
