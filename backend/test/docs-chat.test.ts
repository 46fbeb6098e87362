import { type ChildProcessByStdio, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Readable } from 'node:stream'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'
import { startTestServer, type TestServer } from './harness/start-test-server.ts'

const ROOT = fileURLToPath(new URL('../../', import.meta.url))
const DEADLINE_MS = 15_000

/** The fenced example of a language in docs/chat.md, to the letter, but for the address and the token of the test's server. */
async function example(language: string, server: TestServer, token: string): Promise<string> {
  const text = await readFile(join(ROOT, 'docs/chat.md'), 'utf8')
  const [, code] = new RegExp(`\`\`\`${language}\\n([\\s\\S]*?)\`\`\``).exec(text) ?? []
  if (code === undefined) throw new Error(`docs/chat.md has no ${language} example.`)
  return code
    .replaceAll('http://localhost:3000', server.url)
    .replaceAll('your-jwt-token', token)
    .replaceAll('Bearer TOKEN', `Bearer ${token}`)
}

class Program implements AsyncDisposable {
  readonly #child: ChildProcessByStdio<null, Readable, Readable>
  #output = ''
  readonly #checks = new Set<() => void>()

  constructor(command: string, args: readonly string[]) {
    this.#child = spawn(command, args, { stdio: ['ignore', 'pipe', 'pipe'] })
    for (const stream of [this.#child.stdout, this.#child.stderr]) {
      stream.setEncoding('utf8').on('data', (text: string) => {
        this.#output += text
        for (const check of this.#checks) check()
      })
    }
  }

  /** Resolves when what it has printed matches. @throws Error with what it printed instead */
  async prints(pattern: RegExp): Promise<string> {
    const { promise, resolve, reject } = Promise.withResolvers<void>()
    const timer = setTimeout(() => reject(new Error(`It printed no ${pattern}:\n${this.#output}`)), DEADLINE_MS)
    const check = (): void => {
      if (pattern.test(this.#output)) resolve()
    }
    this.#checks.add(check)
    check()
    try {
      await promise
    } finally {
      clearTimeout(timer)
      this.#checks.delete(check)
    }
    return this.#output
  }

  async [Symbol.asyncDispose](): Promise<void> {
    if (this.#child.exitCode === null && this.#child.kill('SIGKILL')) await once(this.#child, 'close')
  }
}

const people = [
  { sub: 'an', name: 'Nguyễn Văn An', courses: { 'course-id': 'student' } },
  { sub: 'binh', name: 'Trần Thị Bình', courses: { 'course-id': 'teacher' } },
] as const

it('the Socket.IO example of the documentation, as it stands, runs between two clients', async () => {
  await using server = await startTestServer()
  // Where the example's import finds the package.
  const cache = join(ROOT, 'node_modules/.cache')
  await mkdir(cache, { recursive: true })
  const directory = await mkdtemp(join(cache, 'lectern-docs-'))
  try {
    const [first, second] = await Promise.all(
      people.map(async (person) => {
        const file = join(directory, `${person.sub}.mjs`)
        await writeFile(file, await example('javascript', server, await server.token(person)))
        return file
      }),
    )
    await using an = new Program(process.execPath, [first ?? ''])
    await an.prints(/New message: {[\s\S]*Nguyễn Văn An/)
    await using binh = new Program(process.execPath, [second ?? ''])
    await an.prints(/New message: {[\s\S]*Trần Thị Bình/)
    await an.prints(/Trần Thị Bình is typing\.\.\./)
    expect(await binh.prints(/New message: {[\s\S]*Trần Thị Bình/)).not.toContain('Nguyễn Văn An')
  } finally {
    await rm(directory, { recursive: true })
  }
})

it('the curl example of the documentation, as it stands, is heard by who is in the room', async () => {
  await using server = await startTestServer()
  const [an, binh] = people
  const client = await server.connect(binh)
  await client.call('chat:join_room', { courseId: 'course-id' })
  await using curl = new Program('bash', ['-c', await example('bash', server, await server.token(an))])
  const output = await curl.prints(/"success":true/)
  const message = await client.next('chat:new_message')
  expect(message).toMatchObject({ message: 'Hello!', user_name: 'Nguyễn Văn An', course_id: 'course-id' })
  expect(output).toContain(message.id)
})
