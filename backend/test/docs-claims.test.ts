import { execFile } from 'node:child_process'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { ERROR_STATUS } from '@lectern/protocol'
import { expect, it } from 'vitest'
import { z } from 'zod'
import { VARIABLES } from '../src/config/variables.ts'
import { startTestServer } from './harness/start-test-server.ts'
import { TEST_JWT_SECRET } from './harness/test-token.ts'

const ROOT = fileURLToPath(new URL('../../', import.meta.url))
const API_KEY = 'the-api-key-of-the-tests-is-long-enough'

const read = (path: string) => readFile(join(ROOT, path), 'utf8')

async function documents(): Promise<{ path: string; text: string }[]> {
  const inDocs = (await readdir(join(ROOT, 'docs'), { recursive: true })).filter((name) => name.endsWith('.md'))
  const paths = [...inDocs.map((name) => `docs/${name}`), 'README.md', 'ARCHITECTURE.md', 'CONTRIBUTING.md']
  return Promise.all(paths.map(async (path) => ({ path, text: await read(path) })))
}

/** The first fenced example of a language in a document. */
async function example(path: string, language: string): Promise<string> {
  const [, code] = new RegExp(`\`\`\`${language}\\n([\\s\\S]*?)\`\`\``).exec(await read(path)) ?? []
  if (code === undefined) throw new Error(`${path} has no ${language} example.`)
  return code
}

const signer = z.object({
  lecternToken: z.custom<(...args: unknown[]) => string>((value) => typeof value === 'function'),
})

it('README: the token that it shows how to sign lets its bearer into the course that it names', async () => {
  await using server = await startTestServer()
  const code = await example('README.md', 'javascript')
  const { lecternToken } = signer.parse(await import(`data:text/javascript,${encodeURIComponent(code)}`))
  const token = lecternToken({ id: 's-204', name: 'Phạm Quốc Dũng' }, { 'algebra-1': 'student' }, TEST_JWT_SECRET)
  const client = await server.connect(token)
  expect(await client.call('chat:join_room', { courseId: 'algebra-1' })).toMatchObject({ role: 'student' })
})

it('docs/embedding.md: the roster example, as it stands, makes the course and its people', async () => {
  await using server = await startTestServer({ env: { ADMIN_API_KEY: API_KEY } })
  const command = (await example('docs/embedding.md', 'bash'))
    .replaceAll('http://localhost:3000', server.url)
    .replaceAll('Bearer ADMIN_API_KEY', `Bearer ${API_KEY}`)
  await promisify(execFile)('bash', ['-c', command])
  const teacher = await server.api({ sub: 't-17', name: 'Lê Minh Châu' })
  const { data } = await teacher.get('/courses/algebra-1/members')
  const members = z.array(z.object({ user_id: z.string(), name: z.string(), role: z.string() })).parse(data)
  expect(new Set(members)).toEqual(
    new Set([
      { user_id: 't-17', name: 'Lê Minh Châu', role: 'teacher' },
      { user_id: 's-204', name: 'Phạm Quốc Dũng', role: 'student' },
    ]),
  )
})

it('docs/embedding.md: the claims that it shows make the class, and let their bearer begin it', async () => {
  await using server = await startTestServer()
  const claims = z
    .object({
      sub: z.string(),
      name: z.string(),
      courses: z.record(z.string(), z.enum(['teacher', 'assistant', 'student'])),
      sessions: z.record(z.string(), z.string()),
    })
    .parse(JSON.parse(await example('docs/embedding.md', 'json')))
  const client = await server.connect(claims)
  const [sessionId = ''] = Object.keys(claims.sessions)
  expect(await client.call('webrtc:join_session', { sessionId })).toMatchObject({
    state: 'joined',
    you: { role: 'teacher' },
    session: { id: sessionId, course_id: 'algebra-1', title: sessionId, status: 'live' },
  })
})

it('documents name no variable that the server does not know', async () => {
  const known = new Set(Object.values(VARIABLES).map(({ name }) => name))
  const ofTests = /^LECTERN_(PROPERTY|CRASH)_/
  // The protocol's tables, and flags of open(2).
  const names = ['CHAT_CLIENT_EVENTS', 'CHAT_SERVER_EVENTS', 'O_DIRECT', 'O_DSYNC']
  const others = new Set([...Object.keys(ERROR_STATUS), ...names])
  for (const { path, text } of await documents()) {
    const named = [...text.matchAll(/\b[A-Z]+_[A-Z_]*[A-Z]\b/g)].map(([name]) => name)
    const unknown = named.filter((name) => !known.has(name) && !ofTests.test(name) && !others.has(name))
    expect(unknown, path).toEqual([])
  }
})

it('documents name no npm script, and link to no file, that is not there', async () => {
  const { scripts } = z
    .object({ scripts: z.record(z.string(), z.string()) })
    .parse(JSON.parse(await read('package.json')))
  for (const { path, text } of await documents()) {
    const named = [...text.matchAll(/npm run ([a-z:]+)/g)].map(([, name]) => name ?? '')
    expect(
      named.filter((name) => !Object.hasOwn(scripts, name)),
      path,
    ).toEqual([])
    for (const [, target] of text.matchAll(/\]\((?!https?:)([^)#]+)[^)]*\)/g)) {
      await read(join(path, '..', target ?? '')).catch(async (error: unknown) => {
        if (error instanceof Error && 'code' in error && error.code === 'EISDIR') return
        throw new Error(`${path} links to ${target}, which is not there.`)
      })
    }
  }
})
