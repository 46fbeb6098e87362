import type { AttendanceRecord } from '@lectern/protocol'
import type { Span } from './timeline.ts'

export interface RollProps {
  label: string
  records: readonly AttendanceRecord[]
  /** Undefined where the class has no length yet. */
  whole: Span | undefined
  now: number
  lateFrom: number | undefined
  /** Told whose details are wanted. */
  onOpen: (userId: string) => void
}

export interface RollRowProps extends Omit<RollProps, 'label' | 'records'> {
  record: AttendanceRecord
}
