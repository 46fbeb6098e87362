import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { z } from 'zod'
import { keptSecrets, loadSecrets } from '../../src/config/secrets.ts'
import { keep, LOCAL_TOKEN_KEY } from '../../src/database/kept.ts'
import type { TestDatabase } from '../open-test-database.ts'
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

const altered = z.tuple([z.object({ id: z.string() })])
let test: TestAttendance
let lesson: TestClass

beforeAll(async () => {
  test = await openTestAttendance(async (opened) => (await secretsOf(opened)).evidenceKey)
  lesson = await test.makeClass()
  await lesson.record(live(0), entered('an', 1), left('an', 2))
})
afterAll(() => test[Symbol.asyncDispose]())

const secretsOf = ({ environment: { DATA_DIR: dataDir }, database }: TestDatabase) =>
  dataDir === undefined ? keptSecrets((key) => keep(database, LOCAL_TOKEN_KEY, key)) : loadSecrets(dataDir)

const verify = (...args: string[]) =>
  startScript(new URL('../../src/attendance-verify.ts', import.meta.url), args, test.environment).ended

it('RTC45: attendance:verify reads beside a server that writes, and says that all is whole', async () => {
  expect(await verify()).toEqual({ code: 0, stdout: ['1 classes, 4 entries: whole'], stderr: '' })
  await lesson.record(entered('an', 3), ended(4))
  expect(await verify()).toMatchObject({ code: 0, stdout: ['1 classes, 7 entries: whole'] })
})

it('RTC45: attendance:verify exits with 1 and names what was altered', async () => {
  await test.database.close()
  await test.past(`update attendance_intervals set left_at = left_at + 60000 where left_at = 2`)
  const [{ id }] = altered.parse(await test.past('select id from attendance_intervals where joined_at = 1'))
  expect(await verify()).toEqual({
    code: 1,
    stdout: [`left_at of the row attendance_intervals ${id} of class ${lesson.sessionId} was altered.`],
    stderr: '',
  })
})

it('attendance:verify says in a line that it takes no options, and that there is nothing to verify by', async () => {
  const { DATA_DIR: dataDir } = test.environment
  if (dataDir === undefined) await test.past(`delete from meta where key = '${LOCAL_TOKEN_KEY}'`)
  else rmSync(join(dataDir, 'secrets.json'))
  const [misused, keyless] = await Promise.all([verify('--all'), verify()])
  expect(misused).toMatchObject({ code: 64, stderr: expect.stringContaining('npm run attendance:verify') })
  expect(keyless).toMatchObject({
    code: 78,
    stderr: expect.stringMatching(/^[^\n]+(secrets\.json is not there|no server has used it\.)\n$/),
  })
})
