import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { cp, mkdir, mkdtemp, readFile, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { basename, join, relative, resolve } from 'node:path'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { type Instruction, readStages, type Stage, wordsOf } from './dockerfile.ts'

// No Docker engine is asked for: its steps are done by hand in an empty folder, `/app` being a folder of each stage.
// The Node of the tests stands for the base image's; what only root can do (owners, USER) is read, not done.

const ROOT = join(import.meta.dirname, '..')
const stages = readStages(join(ROOT, 'deploy/Dockerfile'))
const image = stages.at(-1)
const inImage = (name: string) => image?.instructions.find((instruction) => instruction.name === name)

let folder: string
let ignored: (path: string) => boolean

async function readIgnored(): Promise<(path: string) => boolean> {
  const lines = (await readFile(join(ROOT, '.dockerignore'), 'utf8')).split('\n').filter((line) => line !== '')
  const anywhere = lines.filter((line) => line.startsWith('**/')).map((line) => line.slice('**/'.length))
  const names = anywhere.map((name) => new RegExp(`^${name.replaceAll('.', '\\.').replaceAll('*', '.*')}$`))
  return (path) => lines.includes(path) || names.some((name) => name.test(basename(path)))
}

const appOf = (stage: string) => join(folder, stage === '' ? 'image' : stage, 'app')

/** What a container would see: nothing of this run's own npm, vitest or settings. */
function cleanEnvironment(stage: Stage): NodeJS.ProcessEnv {
  const { PATH, HOME } = process.env
  const environment: NodeJS.ProcessEnv = { PATH, HOME, npm_config_prefer_offline: 'true' }
  for (const { text } of stage.instructions.filter(({ name }) => name === 'ENV')) {
    for (const pair of text.split(/\s+/)) {
      const [name = '', value = ''] = pair.split('=')
      environment[name] = value.replace(/^\/app/, appOf(stage.name))
    }
  }
  return environment
}

async function copy(stage: Stage, { text, flags }: Instruction): Promise<void> {
  const paths = text.split(/\s+/)
  const target = paths.pop() ?? ''
  const origin = flags['from'] === undefined ? ROOT : appOf(flags['from'])
  for (const path of paths) {
    const source = resolve(origin, path.replace(/^\/app\//, ''))
    const into = target.endsWith('/') ? join(target, basename(source)) : target
    const filter = (file: string) => flags['from'] !== undefined || !ignored(relative(ROOT, file))
    await cp(source, join(appOf(stage.name), into), { recursive: true, filter })
  }
}

function run(stage: Stage, { text }: Instruction): void {
  const command = text.replace('install -d -o node -g node', 'install -d')
  const options = { cwd: appOf(stage.name), env: cleanEnvironment(stage), encoding: 'utf8' } as const
  const { status, stdout, stderr } = spawnSync('sh', ['-c', command], options)
  if (status !== 0) throw new Error(`RUN ${text}: ${status}\n${stdout}${stderr}`)
}

async function build(stage: Stage): Promise<void> {
  await mkdir(appOf(stage.name), { recursive: true })
  for (const instruction of stage.instructions) {
    if (instruction.name === 'COPY') await copy(stage, instruction)
    if (instruction.name === 'RUN') run(stage, instruction)
  }
}

async function freePort(): Promise<string> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  server.close()
  if (address === null || typeof address === 'string') throw new Error('No free port.')
  return String(address.port)
}

describe('the image', () => {
  it('is read whole: it has no instruction that this test does not know', () => {
    const known = ['COPY', 'RUN', 'WORKDIR', 'ENV', 'USER', 'VOLUME', 'EXPOSE', 'HEALTHCHECK', 'CMD']
    const names = stages.flatMap((stage) => stage.instructions.map(({ name }) => name))
    expect(names.filter((name) => !known.includes(name))).toEqual([])
    expect(stages.map(({ base }) => base)).toEqual(['node:24-bookworm-slim', 'node:24-bookworm-slim'])
  })

  it('tells Node what npm start tells it', async () => {
    const { scripts }: { scripts: { start: string } } = JSON.parse(await readFile(join(ROOT, 'package.json'), 'utf8'))
    const flags = scripts.start.match(/--\S+/g) ?? []
    expect(wordsOf(inImage('CMD'))).toEqual(['node', ...flags, 'backend/dist/main.js'])
  })

  it('does not run as root', () => {
    const names = image?.instructions.map(({ name }) => name) ?? []
    expect(inImage('USER')?.text).toBe('node')
    expect(names.lastIndexOf('RUN')).toBeLessThan(names.indexOf('USER'))
  })

  it('keeps in volumes what docker-compose.yml mounts', async () => {
    const compose = await readFile(join(ROOT, 'deploy/docker-compose.yml'), 'utf8')
    const mounted = compose.match(/(?<=- \.\/\w+:)\/app\/\w+$/gm)
    expect(mounted?.toSorted()).toEqual(wordsOf(inImage('VOLUME')).toSorted())
  })
})

describe('the steps of the image, done by hand in an empty folder', () => {
  let server: ChildProcess | undefined

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'image-'))
    ignored = await readIgnored()
    for (const stage of stages) await build(stage)
  }, 300_000)

  afterAll(async () => {
    server?.kill('SIGKILL')
    await rm(folder, { recursive: true, force: true })
  })

  it('leave neither sources, tests, tools nor a second Node in it', async () => {
    const app = appOf('')
    for (const path of [
      'backend/src',
      'frontend/src',
      'sdk/src',
      'node_modules/typescript',
      'node_modules/vite',
      'node_modules/react',
      'node_modules/.bin/node',
      'backend/dist/main.test.js',
    ]) {
      await expect(readFile(join(app, path)), path).rejects.toThrow('ENOENT')
    }
  })

  it('leave in it what npm start, backup and restore look at', () => {
    const isFresh = `process.exit((await import('./scripts/compile.mjs')).isFresh('.') ? 0 : 1)`
    const arguments_ = ['--input-type=module', '--eval', isFresh]
    expect(spawnSync(process.execPath, arguments_, { cwd: appOf(''), encoding: 'utf8' })).toMatchObject({ status: 0 })
  })

  it('make a server that its health check finds well, that serves the web client, and that SIGTERM ends with 0', async () => {
    if (image === undefined) throw new Error('No image.')
    const env = { ...cleanEnvironment(image), PORT: await freePort() }
    const [command, ...words] = wordsOf(inImage('CMD'))
    const started = spawn(command, words, { cwd: appOf(''), env, stdio: ['ignore', 'ignore', 'inherit'] })
    server = started
    const exit = once(started, 'exit')
    const [check, ...checkWords] = wordsOf(inImage('HEALTHCHECK'))
    const isWell = () => spawnSync(check, checkWords, { cwd: appOf(''), env }).status
    await vi.waitFor(() => expect(isWell()).toBe(0), { timeout: 60_000, interval: 200 })
    const page = await (await fetch(`http://127.0.0.1:${env['PORT']}/sign-in`)).text()
    expect(page).toMatch(/<script type="module"[^>]* src="\/assets\//)
    started.kill('SIGTERM')
    expect(await exit).toEqual([0, null])
    expect(isWell()).toBe(1)
  }, 120_000)
})
