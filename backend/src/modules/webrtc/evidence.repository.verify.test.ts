import { copyFile, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Sqlite from 'better-sqlite3'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  EVIDENCE_KEY,
  ended,
  entered,
  left,
  live,
  openTestAttendance,
  raised,
} from '../../../test/classes/open-attendance.ts'
import { readSqlite } from '../../database/sqlite/read-sqlite.ts'
import { verifyEvidence } from './evidence.repository.verify.ts'

let folder: string
let whole: string
/** Two classes: one with everything that can be written and still live, one that is over. */
let first: string
let second: string

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'lectern-evidence-'))
  whole = join(folder, 'whole.db')
  await using test = await openTestAttendance()
  const a = await test.makeClass('course')
  const b = await test.makeClass('course')
  await a.record(live(1_000), entered('an', 1_000), entered('binh', 2_000), raised('an', 3_000))
  await b.record(live(1_500), entered('an', 1_600), left('an', 4_000), ended(5_000))
  await b.says('ended')
  await test.repository.heartbeat({ at: 10_000, absent: [] })
  await test.repository.recover(20_000)
  await a.record(entered('an', 21_000, false), left('an', 22_000), entered('binh', 23_000, false))
  const said = { sessionId: a.sessionId, userId: 'binh', by: 'co', at: 30_000 } as const
  await test.repository.correct({ ...said, status: 'present', note: 'Có mặt' })
  const policy = { late_after_min: 5, present_percent: 80, absent_below_percent: 10 }
  await test.repository.setPolicy({ courseId: 'course', policy, by: 'co', at: 31_000 })
  ;[first, second] = [a.sessionId, b.sessionId]
  await test.database.close()
  await copyFile(test.file, whole)
})

afterAll(() => rm(folder, { recursive: true }))

const verify = (file: string) => readSqlite(file, (db) => verifyEvidence(db, EVIDENCE_KEY))

let copies = 0
/** What is said of a copy that somebody with the database, and without the key, has changed. */
async function problemAfter(tamper: (raw: Sqlite.Database) => void): Promise<string | undefined> {
  const file = join(folder, `${++copies}.db`)
  await copyFile(whole, file)
  const raw = new Sqlite(file)
  raw.exec('drop trigger attendance_evidence_no_update; drop trigger attendance_evidence_no_delete')
  tamper(raw)
  raw.close()
  return (await verify(file)).problem
}
const after = (statement: string, ...values: (string | number)[]) =>
  problemAfter((raw) => {
    if (raw.prepare(statement).run(...values).changes === 0) throw new Error(`Changes nothing: ${statement}`)
  })

describe('RTC45: attendance:verify', () => {
  it('says of what nobody touched that it is whole', async () => {
    expect(await verify(whole)).toEqual({ classes: 2, entries: 19, problem: undefined })
  })

  const rows = {
    class_spans: ['id', 'session_id', 'number', 'started_at', 'last_seen_at', 'ended_at', 'after_seq', 'up_to_seq'],
    attendance_intervals: [
      ...[
        'id',
        'session_id',
        'span_id',
        'user_id',
        'user_name',
        'role',
        'is_entry',
        'joined_at',
        'last_seen_at',
        'left_at',
      ],
    ],
    attendance_people: ['session_id', 'user_id', 'hands_raised', 'status', 'note', 'corrected_by', 'corrected_at'],
    attendance_policies: ['course_id', 'late_after_min', 'present_percent', 'absent_below_percent'],
  }
  const isOpen = { class_spans: 'ended_at is null', attendance_intervals: 'left_at is null' }
  const integers = /_at$|_seq$|^number|^is_entry|hands|percent|_min$/
  const cases = Object.entries(rows).flatMap(([table, columns]) =>
    columns.flatMap((column) => [
      [table, column, ''] as const,
      ...(table in isOpen && column !== 'last_seen_at' ? [[table, column, 'open'] as const] : []),
    ]),
  )

  it.each(cases)('finds %s.%s altered %s', async (table, column, open) => {
    const value = integers.test(column) ? 4_242 : 'x'
    const condition = Reflect.get(isOpen, table) ?? 'true'
    const which = open === '' && table in isOpen ? `not (${condition})` : condition
    const row = `(select rowid from ${table} where ${which} limit 1)`
    const keyed = table.startsWith('attendance_p')
    const problem = keyed
      ? await after(
          `update ${table} set ${column} = ?`.concat(table === 'attendance_people' ? ` where user_id = 'binh'` : ''),
          value,
        )
      : await after(`update ${table} set ${column} = ? where rowid = ${row}`, value)
    expect(problem).toContain(table)
    expect(problem).toMatch(/was (altered|added|taken out)\.$/)
  })

  it.each(Object.keys(rows))('finds a row of %s taken out', async (table) => {
    const key = { attendance_people: 'user_id', attendance_policies: 'course_id' }[table] ?? 'id'
    const problem = await after(`delete from ${table} where ${key} = (select min(${key}) from ${table})`)
    expect(problem).toMatch(new RegExp(`^The row ${table} .* was taken out\\.$`))
  })

  it.each([
    ['class_spans', `insert into class_spans values ('x', ?, 9, 1, 2, 0, 2, 0)`],
    [
      'attendance_intervals',
      `insert into attendance_intervals values ('x', ?, 'y', 'chi', 'Chi', 'student', 1, 1, 2, 2)`,
    ],
    ['attendance_people', `insert into attendance_people values (?, 'chi', 1, null, null, null, null)`],
    ['attendance_policies', `insert into attendance_policies values (?, 1, 2, 3)`],
  ])('finds a row of %s added', async (table, statement) => {
    expect(await after(statement, first)).toMatch(new RegExp(`^The row ${table} .* was added\\.$`))
  })

  it('lets the last sign of life of what is open move, as heartbeats move it', async () => {
    expect(await after('update attendance_intervals set last_seen_at = last_seen_at + 7 where left_at is null')).toBe(
      undefined,
    )
  })
})

describe('RTC45: the log', () => {
  it.each([
    ['session_id', 'x'],
    ['entry', 99],
    ['at', 4_242],
    ['kind', 'ended'],
    ['data', '{"user":"binh"}'],
    ['hash', 'f'.repeat(64)],
  ])('has no entry whose %s can be altered', async (column, value) => {
    const problem = await after(
      `update attendance_evidence set ${column} = ? where session_id = ? and entry = 4`,
      value,
      first,
    )
    expect(problem).toMatch(new RegExp(`^Entry 4 of class ${first} was (altered|taken out)\\.$`))
  })

  it.each([1, 4, 12])('misses entry %i', async (entry) => {
    expect(await after('delete from attendance_evidence where session_id = ? and entry = ?', first, entry)).toBe(
      `Entry ${entry} of class ${first} was taken out.`,
    )
  })

  it('misses an entry whose place the later ones have taken', async () => {
    const problem = await problemAfter((raw) => {
      raw.prepare('delete from attendance_evidence where session_id = ? and entry = 4').run(first)
      raw.prepare('update attendance_evidence set entry = -entry where session_id = ? and entry > 4').run(first)
      raw.prepare('update attendance_evidence set entry = -entry - 1 where session_id = ? and entry < 0').run(first)
    })
    expect(problem).toBe(`Entry 4 of class ${first} was altered.`)
  })

  it('finds two entries swapped', async () => {
    const problem = await problemAfter((raw) => {
      const set = raw.prepare('update attendance_evidence set entry = ? where session_id = ? and entry = ?')
      for (const [to, from] of [
        [99, 2],
        [2, 3],
        [3, 99],
      ] as const)
        set.run(to, first, from)
    })
    expect(problem).toBe(`Entry 2 of class ${first} was altered.`)
  })

  it('finds an entry added at its end, even one that is a copy', async () => {
    const copied = `insert into attendance_evidence select session_id, 13, at, kind, data, hash
      from attendance_evidence where session_id = ? and entry = 12`
    expect(await after(copied, first)).toBe(`Entry 13 of class ${first} was added.`)
  })

  it.each([
    ['as it is', () => undefined],
    [
      'with the head set back',
      (raw: Sqlite.Database) =>
        raw
          .prepare(
            `update attendance_heads set (entries, hash) =
              (select entry, hash from attendance_evidence e where e.session_id = attendance_heads.session_id order by entry desc limit 1)`,
          )
          .run(),
    ],
    [
      'without its head',
      (raw: Sqlite.Database) => raw.prepare('delete from attendance_heads where session_id = ?').run(first),
    ],
    [
      'with another class’s head',
      (raw: Sqlite.Database) =>
        raw
          .prepare(
            `update attendance_heads set (entries, hash, seal) =
              (select entries, hash, seal from attendance_heads where session_id = ?) where session_id = ?`,
          )
          .run(second, first),
    ],
  ])('misses its end cut off, %s', async (_, cover) => {
    const problem = await problemAfter((raw) => {
      raw.prepare('delete from attendance_evidence where session_id = ? and entry > 3').run(first)
      cover(raw)
    })
    expect(problem).toMatch(new RegExp(`${first} was (taken out|altered)\\.$`))
  })

  it('misses a class that is gone with everything of it', async () => {
    const problem = await problemAfter((raw) => {
      for (const table of [
        'attendance_evidence',
        'attendance_heads',
        'class_spans',
        'attendance_intervals',
        'attendance_people',
      ])
        raw.prepare(`delete from ${table} where session_id = ?`).run(first)
    })
    expect(problem).toMatch(new RegExp(`${first} was taken out\\.$`))
  })

  it.each(['entries', 'hash', 'seal', 'session_id'])('has no head whose %s can be altered', async (column) => {
    const value = column === 'entries' ? 3 : 'x'
    const problem = await after(`update attendance_heads set ${column} = ? where session_id = ?`, value, first)
    expect(problem).toMatch(/was (altered|added|taken out)\.$/)
  })

  it('is of the key that wrote it', async () => {
    const { problem } = await readSqlite(whole, (db) => verifyEvidence(db, new Uint8Array(32).fill(8)))
    expect(problem).toMatch(/^Entry 1 of the register of classes was altered/)
  })

  it('refuses a change by whoever has but the connection', () => {
    const raw = new Sqlite(whole)
    for (const statement of ['update attendance_evidence set at = 1', 'delete from attendance_evidence'])
      expect(() => raw.exec(statement)).toThrow('attendance_evidence is appended to alone')
    raw.close()
  })

  it('does not heal: what is written after a head was taken away follows nothing', async () => {
    await using test = await openTestAttendance()
    const lesson = await test.makeClass()
    await lesson.record(live(0), entered('an', 0), left('an', 1))
    const raw = new Sqlite(test.file)
    raw.exec(`drop trigger attendance_evidence_no_delete; delete from attendance_evidence where entry = 3;
      delete from attendance_heads where session_id <> ''`)
    raw.close()
    await lesson.record(entered('an', 2))
    expect((await verify(test.file)).problem).toBe(`The log of class ${lesson.sessionId} begins twice.`)
  })
})
