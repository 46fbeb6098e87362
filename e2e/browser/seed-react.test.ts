import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { createClient } from '@lectern/client'
import { build } from 'vite'
import { expect, it } from 'vitest'
import { startBrowser } from '../rig/browser.ts'
import { startFaultProxy } from '../rig/fault-proxy/fault-proxy.ts'
import { startServerProcess } from '../rig/server-process.ts'
import { signToken } from '../rig/tokens.ts'
import { until } from '../rig/until.ts'

const ROOT = fileURLToPath(new URL('../../', import.meta.url))

/** The documentation's React example, to the letter, but for the server's address. */
async function example(address: string): Promise<string> {
  const text = await readFile(join(ROOT, 'docs/chat.md'), 'utf8')
  const [, code] = /```tsx\n([\s\S]*?)```/.exec(text) ?? []
  if (code === undefined) throw new Error('docs/chat.md has no tsx example.')
  return code.replaceAll('http://localhost:3000', address)
}

/** What an LMS's page does with the example: mounts it with a course and a token. */
const mount = (token: string) => `
import { createRoot } from 'react-dom/client'
createRoot(document.getElementById('root')).render(<ChatComponent courseId="course-id" token="${token}" />)
`

/** One script, bundled as an LMS would. */
async function bundle(source: string): Promise<string> {
  const cache = join(ROOT, 'node_modules/.cache')
  await mkdir(cache, { recursive: true })
  const directory = await mkdtemp(join(cache, 'lectern-react-'))
  try {
    const entry = join(directory, 'page.tsx')
    await writeFile(entry, source)
    const built = await build({
      root: directory,
      configFile: false,
      logLevel: 'error',
      define: { 'process.env.NODE_ENV': '"production"' },
      oxc: { jsx: { runtime: 'automatic', development: false } },
      build: { write: false, minify: false, lib: { entry, formats: ['es'] } },
    })
    const [result] = Array.isArray(built) ? built : [built]
    if (result === undefined || !('output' in result)) throw new Error('Nothing was bundled.')
    return result.output[0].code
  } finally {
    await rm(directory, { recursive: true })
  }
}

/** The LMS's own page, of another origin than Lectern's. */
async function startLmsPage() {
  let script = ''
  const server = createServer((request, response) => {
    const isScript = request.url === '/page.js'
    response.setHeader('Content-Type', isScript ? 'text/javascript' : 'text/html; charset=utf-8')
    response.end(
      isScript ? script : '<!doctype html><div id="root"></div><script type="module" src="/page.js"></script>',
    )
  })
  const { promise, resolve } = Promise.withResolvers<void>()
  server.listen(0, '127.0.0.1', resolve)
  await promise
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}`,
    serve: (code: string) => {
      script = code
    },
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections()
      server.close()
    },
  }
}

it("the original's React chat example, as it stands, talks with others, and misses nothing when its connection drops", async () => {
  await using lms = await startLmsPage()
  await using server = await startServerProcess({ environment: { ALLOWED_ORIGINS: lms.url } })
  await using proxy = await startFaultProxy(server.url)
  await using browser = await startBrowser()
  await using an = await browser.person()

  const courses = { 'course-id': 'student' } as const
  lms.serve(await bundle((await example(proxy.url)) + mount(signToken({ sub: 'an', name: 'Nguyễn Văn An', courses }))))
  const binh = createClient({ url: server.url, token: signToken({ sub: 'binh', name: 'Trần Thị Bình', courses }) })
  using _closed = binh
  binh.connect()
  using room = binh.room('course-id')
  await until(room, ({ status }) => status.kind === 'live')

  await an.page.goto(lms.url)
  await until(room, ({ online }) => online.has('an'))
  await an.page.getByRole('button', { name: 'Send' }).click()
  await until(room, ({ timeline }) => timeline.at(1)?.message === 'Hello!')
  room.send({ message: 'Chào An!' })
  await an.page.getByText('Chào An!').waitFor()

  proxy.refuse()
  proxy.cutAll('reset')
  room.send({ message: 'Bạn còn đó không?' })
  await until(room, ({ timeline }) => timeline.lastSeq === 3)
  await proxy.accept()
  await an.page.getByText('Bạn còn đó không?').waitFor()
  await an.page.getByRole('button', { name: 'Send' }).click()
  await an.page.getByText('Hello!').nth(1).waitFor()

  const shown = await an.page.locator('#root > div > div').allTextContents()
  expect(shown).toEqual(['Hello!', 'Chào An!', 'Bạn còn đó không?', 'Hello!'])
  expect(an.errors).toEqual([])
})
