import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { cp, mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { brotliDecompressSync, gunzipSync } from 'node:zlib'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'

const ROOT = join(import.meta.dirname, '..')
const COPIED = [
  'scripts',
  'package-lock.json',
  'tsconfig.base.json',
  ...['protocol', 'sdk', 'backend'].flatMap(filesOf),
  ...['package.json', 'tsconfig.json', 'vite.config.ts', 'build/chunks.ts', 'public'].map((name) => `frontend/${name}`),
]
const TOOLS = ['typescript', '@typescript', '@types', 'undici-types', 'vite', '@vitejs', 'rolldown']

function filesOf(workspace: string): string[] {
  return [`${workspace}/package.json`, `${workspace}/tsconfig.build.json`]
}

const SOURCES = {
  'protocol/src/index.ts': `export const greeting: string = 'hello'\n`,
  'sdk/src/index.ts': `export { greeting } from '@lectern/protocol'\n`,
  'frontend/index.html': `<!doctype html><title>Lectern</title><script type="module" src="/src/main.tsx"></script>\n`,
  'frontend/build/emoji-data.ts': `export const emojiData = () => ({ name: 'none' })\n`,
  'frontend/src/main.tsx': `document.title = '${'Lectern '.repeat(200)}'\n`,
  'backend/src/main.ts': `import { greeting } from '@lectern/protocol'\nimport { words } from './words.ts'\nconsole.log(greeting, words())\n`,
  'backend/src/words.ts': `export const words = (): string => process.argv.slice(2).join(' ')\n`,
  'backend/src/words.test.ts': `import { words } from './words.ts'\nwords()\n`,
  'backend/src/backup.ts': `process.exitCode = process.argv.length\n`,
  'backend/src/demo.ts': `process.once('SIGTERM', () => process.exit(3))\nsetInterval(() => undefined, 1000)\nconsole.log('ready')\n`,
}

let folder: string

async function write(path: string, text: string): Promise<void> {
  await mkdir(dirname(join(folder, path)), { recursive: true })
  await writeFile(join(folder, path), text)
}

/** The tests keep what Node makes of modules elsewhere than an installation does. */
const { NODE_COMPILE_CACHE: _ofTests, ...env } = process.env
const start = (...words: string[]) =>
  spawnSync(process.execPath, [join(folder, 'scripts/start.mjs'), ...words], { cwd: folder, encoding: 'utf8', env })
const BUILDING = 'Building Lectern from these sources; the next start finds it built.\n'
const buildStamp = () => readFile(join(folder, 'backend/dist/.sources'), 'utf8')

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'start-'))
  for (const path of COPIED) await cp(join(ROOT, path), join(folder, path), { recursive: true })
  for (const [path, text] of Object.entries(SOURCES)) await write(path, text)
  await mkdir(join(folder, 'node_modules/@lectern'), { recursive: true })
  await symlink(join(folder, 'protocol'), join(folder, 'node_modules/@lectern/protocol'))
  for (const name of TOOLS) await symlink(join(ROOT, 'node_modules', name), join(folder, 'node_modules', name))
})

afterEach(() => rm(folder, { recursive: true, force: true }))

describe('npm start', { timeout: 180_000 }, () => {
  it('builds when there is no build, says so, and hands the words of the command line on', () => {
    expect(start('main', 'to', 'you')).toMatchObject({ status: 0, stdout: 'hello to you\n', stderr: BUILDING })
    expect(start('main', 'again')).toMatchObject({ status: 0, stdout: 'hello again\n', stderr: '' })
  })

  it('builds the web client with a place for a nonce, nothing inline, and each text compressed beside it', async () => {
    start()
    const page = await readFile(join(folder, 'frontend/dist/index.html'), 'utf8')
    const [, script = ''] = /<script type="module"[^>]* src="([^"]+)" nonce="__CSP_NONCE__"/.exec(page) ?? []
    expect(script).toMatch(/^\/assets\/index-[\w-]+\.js$/)
    expect(page).not.toMatch(/<script(?![^>]* src=)|<style|data:/)
    const plain = await readFile(join(folder, 'frontend/dist', script))
    expect(brotliDecompressSync(await readFile(join(folder, 'frontend/dist', `${script}.br`)))).toEqual(plain)
    expect(gunzipSync(await readFile(join(folder, 'frontend/dist', `${script}.gz`)))).toEqual(plain)
    await expect(readFile(join(folder, 'frontend/dist/robots.txt.br'))).rejects.toThrow('ENOENT')
  })

  it('builds anew what a change has made stale, and what is missing', async () => {
    start()
    await write('frontend/src/main.tsx', `document.title = 'Another'\n`)
    await write('frontend/public/robots.txt', 'User-agent: *\n')
    await rm(join(folder, 'sdk/dist'), { recursive: true })
    expect(start()).toMatchObject({ stdout: 'hello \n', stderr: BUILDING })
    expect(await readFile(join(folder, 'frontend/dist/robots.txt'), 'utf8')).toBe('User-agent: *\n')
    expect(await readFile(join(folder, 'sdk/dist/index.js'), 'utf8')).toContain('greeting')
  })

  it('builds the server anew after a change of what it imports, and drops what is gone', async () => {
    start()
    await write('protocol/src/index.ts', `export const greeting: string = 'good day'\n`)
    expect(start().stdout).toBe('good day \n')
    await write('backend/src/main.ts', `export {}\nconsole.log('alone')\n`)
    await rm(join(folder, 'backend/src/words.ts'))
    await rm(join(folder, 'backend/src/words.test.ts'))
    expect(start().stdout).toBe('alone\n')
    expect(await readFile(join(folder, 'backend/dist/main.js'), 'utf8')).not.toContain('argv')
  })

  it('starts what is built without building again; tests are no part of it', async () => {
    start()
    const stamp = await buildStamp()
    await write('backend/src/words.test.ts', 'export {}\n')
    await rm(join(folder, 'node_modules/typescript'))
    expect(start('main', 'again')).toMatchObject({ status: 0, stdout: 'hello again\n' })
    expect(await buildStamp()).toBe(stamp)
    expect(await readdir(join(folder, 'backend/dist'))).not.toContainEqual(expect.stringContaining('test'))
  })

  it('keeps in the build what Node has made of it, and starts as well where it cannot', async () => {
    start()
    expect(await readdir(join(folder, 'backend/dist/.compiled'))).not.toEqual([])
    await rm(join(folder, 'backend/dist/.compiled'), { recursive: true })
    await write('backend/dist/.compiled', 'A file, where a folder would be.')
    expect(start('main', 'again')).toMatchObject({ status: 0, stdout: 'hello again\n', stderr: '' })
  })

  it('starts a build that came without its sources', async () => {
    start()
    await rm(join(folder, 'backend/src'), { recursive: true })
    for (const name of ['protocol', 'sdk', 'frontend']) await rm(join(folder, name, 'src'), { recursive: true })
    for (const name of ['typescript', 'vite', 'rolldown']) await rm(join(folder, 'node_modules', name))
    expect(start()).toMatchObject({ status: 0, stdout: 'hello \n' })
  })

  it.each(['typescript', 'vite', 'rolldown'])('says in one line that %s is missing, and exits 78', async (tool) => {
    await rm(join(folder, 'node_modules', tool))
    const { status, stdout, stderr } = start()
    expect({ status, stdout }).toEqual({ status: 78, stdout: '' })
    expect(stderr).toMatch(/^[^\n]+npm ci[^\n]+\n$/)
  })

  it('says in one line that this Node is too old, and exits 78', () => {
    const old = `data:text/javascript,Object.defineProperty(process,'versions',{value:{node:'22.11.0'}})`
    const program = [`--import=${old}`, join(folder, 'scripts/start.mjs')]
    const { status, stderr } = spawnSync(process.execPath, program, { encoding: 'utf8' })
    expect(status).toBe(78)
    expect(stderr).toMatch(/^Lectern needs Node 22\.12 or later[^\n]+22\.11\.0[^\n]+\n$/)
  })

  it('keeps the build that is there when the sources have errors, and fails', async () => {
    start()
    await write('backend/src/words.ts', `export const words = (): string => 1\n`)
    const { status, stdout } = start()
    expect(status).toBe(1)
    expect(stdout).toContain('words.ts')
    expect(await readFile(join(folder, 'backend/dist/main.js'), 'utf8')).toContain('join')
    expect(await readdir(join(folder, 'backend'))).not.toContainEqual(expect.stringMatching(/^\.dist-/))
  })

  it('keeps both builds that are there when the web client cannot be bundled, and fails', async () => {
    start()
    await write('backend/src/words.ts', `export const words = (): string => 'new'\n`)
    await write('frontend/src/main.tsx', `import './nowhere.ts'\n`)
    const { status, stdout, stderr } = start()
    expect(status).toBe(1)
    expect(stdout + stderr).toContain('nowhere.ts')
    expect(await readFile(join(folder, 'backend/dist/main.js'), 'utf8')).toContain('join')
    expect(await readFile(join(folder, 'frontend/dist/index.html'), 'utf8')).toContain('/assets/')
  })

  it('exits as the program exits, which sees its own command line', () => {
    expect(start('backup', 'file').status).toBe(3)
  })

  it('is the program: a signal reaches it', async () => {
    const child = spawn(process.execPath, [join(folder, 'scripts/start.mjs'), 'demo'], { cwd: folder })
    await once(child.stdout, 'data')
    child.kill('SIGTERM')
    expect(await once(child, 'exit')).toEqual([3, null])
  })
})
