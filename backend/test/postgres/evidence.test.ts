import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { verifyEvidence } from '../../src/modules/webrtc/evidence.repository.verify.ts'
import { recording } from '../classes/attendance-recording.repository.ts'
import {
  EVIDENCE_KEY,
  ended,
  entered,
  left,
  live,
  openTestAttendance,
  raised,
  type TestAttendance,
  type TestClass,
} from '../classes/open-attendance.ts'

let test: TestAttendance
let lesson: TestClass

beforeEach(async () => {
  test = await openTestAttendance()
  lesson = await test.makeClass('course')
  await lesson.record(live(1_000), entered('an', 1_000), raised('an', 2_000), left('an', 3_000), ended(4_000))
  await lesson.says('ended')
  await test.repository.correct({
    ...{ sessionId: lesson.sessionId, userId: 'an', by: 'co', at: 5_000 },
    ...{ status: 'present', note: 'Có mặt' },
  })
  const policy = { late_after_min: 5, present_percent: 80, absent_below_percent: 10 }
  await test.repository.setPolicy({ courseId: 'course', policy, by: 'co', at: 6_000 })
})
afterEach(() => test[Symbol.asyncDispose]())

const problem = async () => (await verifyEvidence(test.database.read, EVIDENCE_KEY)).problem
const tamper = (statement: string) => test.database.write(recording.tamper, statement)

describe('RTC45: evidence in PostgreSQL', () => {
  it('is whole where nobody touched it', async () => {
    expect(await problem()).toBeUndefined()
  })

  it.each(['update attendance_evidence set at = 1', 'delete from attendance_evidence', 'truncate attendance_evidence'])(
    'refuses a change by whoever has but the connection: %s',
    async (statement) => {
      await expect(tamper(statement)).rejects.toThrow('attendance_evidence is appended to alone')
    },
  )

  it.each([
    'update attendance_intervals set left_at = left_at + 60000',
    'update class_spans set started_at = 1',
    `update attendance_people set note = 'Vắng'`,
    'update attendance_policies set present_percent = 1',
    'delete from attendance_people',
    'update attendance_heads set entries = 1',
    'delete from attendance_heads',
    'delete from attendance_evidence where entry = 2',
    `update attendance_evidence set data = '{"user":"binh"}' where entry = 3`,
  ])('tells of what somebody changed who could lift that: %s', async (statement) => {
    await tamper('alter table attendance_evidence disable trigger user')
    await tamper(statement)
    expect(await problem()).toMatch(/was (altered|added|taken out)\.$|begins twice\.$/)
  })
})
