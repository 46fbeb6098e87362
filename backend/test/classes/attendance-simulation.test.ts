import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type AttendanceRecord, attendanceRecord } from '@lectern/protocol'
import { expect, it } from 'vitest'
import { readPostgres } from '../../src/database/postgres/read-postgres.ts'
import { readSqlite } from '../../src/database/sqlite/read-sqlite.ts'
import { verifyEvidence } from '../../src/modules/webrtc/evidence.repository.verify.ts'
import { newTestPostgres } from '../harness/test-postgres.ts'
import { startScript } from '../start-script.ts'
import { EVIDENCE_KEY } from './open-attendance.ts'
import { type Expected, expectedOf } from './simulation/expected.ts'
import { timelineOf, USERS } from './simulation/timeline.ts'

const SEED = Number(process.env['LECTERN_SIMULATION_SEED'] ?? 20_260_302)
const WITHIN_MS = 15_000

it(`RTC39: 200 people, two kills, a clock that jumps and a reopened class: every figure is right to 15 s (seed ${SEED})`, async () => {
  const folder = await mkdtemp(join(tmpdir(), 'lectern-simulation-'))
  try {
    const file = join(folder, 'lectern.db')
    const postgres = await newTestPostgres()
    const records = await run(postgres?.url ?? file)
    const { liveSeconds, people } = expectedOf(timelineOf(SEED))
    expect(records.map(({ user_id }) => user_id).toSorted()).toEqual(USERS.toSorted())
    const wrong = records.flatMap((record) => differences(record, people.get(record.user_id), liveSeconds))
    expect(wrong).toEqual([])
    const verify = (db: Parameters<typeof verifyEvidence>[0]) => verifyEvidence(db, EVIDENCE_KEY)
    const verdict = await (postgres === undefined ? readSqlite(file, verify) : readPostgres(postgres.url, verify))
    expect(verdict).toMatchObject({ classes: 1, problem: undefined })
    expect(verdict.entries).toBeGreaterThan(1_000)
  } finally {
    await rm(folder, { recursive: true })
  }
}, 180_000)

/** One process after the other, as long as each is killed. @returns what the last one reports */
async function run(place: string): Promise<AttendanceRecord[]> {
  const starts = [...timelineOf(SEED).entries()].flatMap(([index, { kind }]) => (kind === 'start' ? [index] : []))
  const outputs: string[] = []
  for (const start of starts) {
    const args = [place, String(SEED), String(start)]
    const { code, stdout, stderr } = await startScript(new URL('./simulation/run.script.ts', import.meta.url), args)
      .ended
    expect(stderr).toBe('')
    // Null: by a signal.
    expect(code).toBe(start === starts.at(-1) ? 0 : null)
    outputs.push(...stdout)
  }
  return attendanceRecord.array().parse(JSON.parse(outputs.join('')))
}

/** In words, each figure that is not what the contract's text says. */
function differences(record: AttendanceRecord, expected: Expected | undefined, liveSeconds: number): string[] {
  if (expected === undefined) return [`${record.user_id} is nobody`]
  const close = (name: string, found: number, wanted: number, within: number) =>
    Math.abs(found - wanted) <= within ? [] : [`${record.user_id}: ${name} ${found}, not ${wanted}`]
  const same = (name: string, found: unknown, wanted: unknown) =>
    found === wanted ? [] : [`${record.user_id}: ${name} ${String(found)}, not ${String(wanted)}`]
  const closeTime = (name: string, found: string | null | undefined, wanted: number | null | undefined) =>
    found == null || wanted == null
      ? same(name, found ?? null, wanted ?? null)
      : close(name, Date.parse(found), wanted, WITHIN_MS)
  const { intervals } = expected
  return [
    ...close('total_seconds', record.total_seconds, expected.total_seconds, WITHIN_MS / 1000),
    ...close('percent', record.percent, expected.percent, (100 * WITHIN_MS) / 1000 / liveSeconds),
    ...same('joins', record.joins, expected.joins),
    ...same('hands_raised', record.hands_raised, expected.hands_raised),
    ...same('messages_sent', record.messages_sent, expected.messages_sent),
    ...(expected.isStatusClose ? [] : same('status', record.status, expected.status)),
    ...closeTime('first_joined_at', record.first_joined_at, intervals[0]?.from),
    ...closeTime('last_left_at', record.last_left_at, intervals.at(-1)?.to),
    ...same('intervals', record.intervals.length, intervals.length),
    ...record.intervals.flatMap(({ joined_at, left_at }, index) => [
      ...closeTime(`interval ${index} from`, joined_at, intervals[index]?.from),
      ...closeTime(`interval ${index} to`, left_at, intervals[index]?.to),
    ]),
  ]
}
