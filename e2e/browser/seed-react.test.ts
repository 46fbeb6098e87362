import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { createClient } from '@lectern/client'
import { expect, it } from 'vitest'
import { startBrowser } from '../rig/browser.ts'
import { startFaultProxy } from '../rig/fault-proxy/fault-proxy.ts'
import { startServerProcess } from '../rig/server-process.ts'
import { signToken } from '../rig/tokens.ts'
import { until } from '../rig/until.ts'
import { bundle, mounted, startLmsPage } from './lms-page.ts'

const ROOT = fileURLToPath(new URL('../../', import.meta.url))

/** The documentation's React example, to the letter, but for the server's address. */
async function example(address: string): Promise<string> {
  const text = await readFile(join(ROOT, 'docs/chat.md'), 'utf8')
  const [, code] = /```tsx\n([\s\S]*?)```/.exec(text) ?? []
  if (code === undefined) throw new Error('docs/chat.md has no tsx example.')
  return code.replaceAll('http://localhost:3000', address)
}

it("the original's React chat example, as it stands, talks with others, and misses nothing when its connection drops", async () => {
  await using lms = await startLmsPage()
  await using server = await startServerProcess({ environment: { ALLOWED_ORIGINS: lms.url } })
  await using proxy = await startFaultProxy(server.url)
  await using browser = await startBrowser()
  await using an = await browser.person()

  const courses = { 'course-id': 'student' } as const
  const token = signToken({ sub: 'an', name: 'Nguyễn Văn An', courses })
  const page = mounted('ChatComponent', await example(proxy.url), { courseId: 'course-id', token })
  lms.serve({ script: await bundle(page) })
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
