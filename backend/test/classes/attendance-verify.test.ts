import { rmSync } from 'node:fs'
import { dirname, join } from 'node:path'
import Sqlite from 'better-sqlite3'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { loadSecrets } from '../../src/config/secrets.ts'
import { startScript } from '../start-script.ts'
import {
  ended,
  entered,
  left,
  live,
  openTestAttendance,
  type TestAttendance,
  type TestClass,
} from './open-attendance.ts'

let test: TestAttendance
let lesson: TestClass
let folder: string

beforeAll(async () => {
  test = await openTestAttendance(async (dataDir) => (await loadSecrets(dataDir)).evidenceKey)
  folder = dirname(test.file)
  lesson = await test.makeClass()
  await lesson.record(live(0), entered('an', 1), left('an', 2))
})
afterAll(() => test[Symbol.asyncDispose]())

const verify = (...args: string[]) =>
  startScript(new URL('../../src/attendance-verify.ts', import.meta.url), args, { DATA_DIR: folder }).ended

it('RTC45: attendance:verify reads beside a server that writes, and says that all is whole', async () => {
  expect(await verify()).toEqual({ code: 0, stdout: ['1 classes, 4 entries: whole'], stderr: '' })
  await lesson.record(entered('an', 3), ended(4))
  expect(await verify()).toMatchObject({ code: 0, stdout: ['1 classes, 7 entries: whole'] })
})

it('RTC45: attendance:verify exits with 1 and names what was altered', async () => {
  await test.database.close()
  const raw = new Sqlite(test.file)
  raw.exec(`update attendance_intervals set left_at = left_at + 60000 where left_at = 2`)
  const id = raw.prepare('select id from attendance_intervals where joined_at = 1').pluck().get()
  raw.close()
  expect(await verify()).toEqual({
    code: 1,
    stdout: [`left_at of the row attendance_intervals ${String(id)} of class ${lesson.sessionId} was altered.`],
    stderr: '',
  })
})

it('attendance:verify says in a line that it takes no options, and that there is nothing to verify by', async () => {
  rmSync(join(folder, 'secrets.json'))
  const [misused, keyless] = await Promise.all([verify('--all'), verify()])
  expect(misused).toMatchObject({ code: 64, stderr: expect.stringContaining('npm run attendance:verify') })
  expect(keyless).toMatchObject({ code: 78, stderr: expect.stringMatching(/secrets\.json is not there\n$/) })
})
