import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { readEnvironment } from './env.ts'

let directory: string

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'lectern-env-'))
})

afterEach(async () => {
  vi.unstubAllEnvs()
  await rm(directory, { recursive: true })
})

it('reads .env with inline comments, quotes and a byte order mark', async () => {
  await writeFile(
    join(directory, '.env'),
    '\uFEFFLECTERN_A=1  # one\r\nLECTERN_B="x # y" # two\r\nexport LECTERN_C=3\r\n',
  )
  expect(readEnvironment(directory)).toMatchObject({ LECTERN_A: '1', LECTERN_B: 'x # y', LECTERN_C: '3' })
})

it('lets the real environment win, also with an empty value', async () => {
  await writeFile(join(directory, '.env'), 'LECTERN_A=file\nLECTERN_B=file\n')
  vi.stubEnv('LECTERN_A', 'real')
  vi.stubEnv('LECTERN_B', '')
  expect(readEnvironment(directory)).toMatchObject({ LECTERN_A: 'real', LECTERN_B: '' })
})

it('needs no .env', () => {
  expect(readEnvironment(directory)).toMatchObject({ PATH: expect.any(String) })
})

it('refuses a .env that is there and cannot be read', async () => {
  await mkdir(join(directory, '.env'))
  expect(() => readEnvironment(directory)).toThrow(/\.env: cannot be read/)
})
