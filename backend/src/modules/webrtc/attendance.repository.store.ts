import type { Database } from '../../database/database.ts'
import { type AttendanceQuery, attendanceReading, policyOf } from './attendance.repository.reads.ts'
import { attendance, type Correction, type PolicyChange } from './attendance.repository.ts'
import type { Heartbeat, StoredAttendance } from './attendance.types.ts'

/** What the services know of the database. A change resolves when it is on disk. */
export class AttendanceRepository {
  readonly #database: Database
  readonly #evidenceKey: Uint8Array

  constructor(database: Database, evidenceKey: Uint8Array) {
    this.#database = database
    this.#evidenceKey = evidenceKey
  }

  heartbeat = (beat: Heartbeat): Promise<void> => this.#database.write(attendance.heartbeat, beat)
  recover = (now: number): Promise<void> =>
    this.#database.write(attendance.recoverAttendance, { now, evidenceKey: this.#evidenceKey })
  correct = (correction: Omit<Correction, 'evidenceKey'>): Promise<void> =>
    this.#database.write(attendance.correctAttendance, { ...correction, evidenceKey: this.#evidenceKey })
  setPolicy = (change: Omit<PolicyChange, 'evidenceKey'>): Promise<void> =>
    this.#database.write(attendance.setPolicy, { ...change, evidenceKey: this.#evidenceKey })

  attendance = (query: AttendanceQuery): Promise<StoredAttendance> =>
    this.#database.query(attendanceReading.attendanceOf, query)
  policy = (courseId: string) => policyOf(this.#database, courseId)
}
