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

/** Runs vitest on test files with these texts, and takes the last line of both streams. */
async function closingLineOf(...texts: readonly string[]) {
  const { status, lines } = await linesOf(texts)
  return { status, line: lines.at(-1) }
}

/** Of both streams, in the order written. */
async function linesOf(texts: readonly string[]) {
  for (const [index, text] of texts.entries()) await writeFile(join(folder, `tests/${index}.test.ts`), IMPORT + text)
  const reporter = join(ROOT, 'scripts/closing-line.reporter.ts')
  const command = `"${join(ROOT, 'node_modules/.bin/vitest')}" run --reporter default --reporter "${reporter}" 2>&1`
  const { status, stdout } = spawnSync('sh', ['-c', command], { cwd: folder, encoding: 'utf8' })
  return { status, lines: stdout.trimEnd().split('\n') }
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

  it('has above it each test that passed only when it was tried again, and why it failed', async () => {
    const text = `let tries = 0
      it('a', () => {})
      it('b', { retry: 1 }, () => { if (++tries === 1) throw new Error('not yet\\nat all') })\n`
    const { status, lines } = await linesOf([text])
    expect(status).toBe(0)
    expect(lines.slice(-4)).toEqual([
      'FLAKY: tests/0.test.ts > b',
      '  not yet',
      '  at all',
      '2 passed, 0 failed, 0 skipped',
    ])
  })

  it('has nothing of the kind above it where tries did not help', async () => {
    const text = `it('a', { retry: 1 }, () => { throw new Error('no') })\n`
    const { status, lines } = await linesOf([text])
    expect(status).toBe(1)
    expect(lines.filter((line) => line.startsWith('FLAKY'))).toEqual([])
    expect(lines.at(-1)).toBe('0 passed, 1 failed, 0 skipped')
  })

  it('counts a run that finds no test as failed', async () => {
    expect(await closingLineOf()).toEqual({ status: 1, line: '0 passed, 1 failed, 0 skipped' })
  })
})
