import { spawnSync } from 'node:child_process'
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'

const ROOT = join(import.meta.dirname, '..')
const IMPORT = `import { it } from 'vitest'\n`

let folder: string

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'closing-line-'))
  await mkdir(join(folder, 'tests'))
  await symlink(join(ROOT, 'node_modules'), join(folder, 'node_modules'))
})

afterEach(() => rm(folder, { recursive: true, force: true }))

/** Runs vitest on test files with these texts; both streams, in the order written. */
async function closingLineOf(...texts: readonly string[]) {
  for (const [index, text] of texts.entries()) await writeFile(join(folder, `tests/${index}.test.ts`), IMPORT + text)
  const reporter = join(ROOT, 'scripts/closing-line.reporter.ts')
  const command = `"${join(ROOT, 'node_modules/.bin/vitest')}" run --reporter default --reporter "${reporter}" 2>&1`
  const { status, stdout } = spawnSync('sh', ['-c', command], { cwd: folder, encoding: 'utf8' })
  return { status, line: stdout.trimEnd().split('\n').at(-1) }
}

describe('the last line of a test run', () => {
  it('counts what passed and what was skipped', async () => {
    const first = `it('a', () => {})\nit('b', () => {})\nit.skip('c', () => {})\nit.todo('d')\n`
    expect(await closingLineOf(first, `it('e', () => {})\n`)).toEqual({
      status: 0,
      line: '3 passed, 0 failed, 2 skipped',
    })
  })

  it('counts a failing test', async () => {
    const text = `it('a', () => {})\nit('b', () => { throw new Error('no') })\n`
    expect(await closingLineOf(text)).toEqual({ status: 1, line: '1 passed, 1 failed, 0 skipped' })
  })

  it('counts a file that cannot be read as failed', async () => {
    expect(await closingLineOf(`it('a', () => {})\n`, `import './nowhere.ts'\n`)).toEqual({
      status: 1,
      line: '1 passed, 1 failed, 0 skipped',
    })
  })

  it('counts a hook that breaks as failed', async () => {
    const text = `import { afterAll } from 'vitest'\nafterAll(() => { throw new Error('no') })\nit('a', () => {})\n`
    expect(await closingLineOf(text)).toEqual({ status: 1, line: '1 passed, 1 failed, 0 skipped' })
  })

  it('counts a rejection that nobody handled as failed', async () => {
    const text = `it('a', async () => {\n  Promise.reject(new Error('no'))\n  await new Promise(setImmediate)\n})\n`
    expect(await closingLineOf(text)).toEqual({ status: 1, line: '1 passed, 1 failed, 0 skipped' })
  })

  it('counts a run that finds no test as failed', async () => {
    expect(await closingLineOf()).toEqual({ status: 1, line: '0 passed, 1 failed, 0 skipped' })
  })
})
