import { readFile } from 'node:fs/promises'
import { expect, it } from 'vitest'
import { startServerProcess } from '../harness/server-process.ts'
import { TestClient } from '../harness/test-client.ts'
import { signTestToken } from '../harness/test-token.ts'

/** The heap takes its working size with the first of them. */
const WARM_UP = 60
const PAYLOADS = 1_000
const MOST_GROWTH = 64 * 1_048_576
const events = ['chat:send_message', 'chat:join_room', 'chat:react', 'no:such_event', 'auth:refresh']

const payloads = [
  { course_id: 'none', message: 'x'.repeat(900_000) },
  { message_id: 'y'.repeat(900_000), emoji: '👍'.repeat(100) },
  { token: 'z'.repeat(900_000), courseId: 7 },
  { course_id: 'none', message: 'x', mentions: Array.from({ length: 30_000 }, () => 'm'.repeat(27)) },
  'w'.repeat(900_000),
]

/** What the process holds in memory, in bytes. */
async function residentOf(pid: number): Promise<number> {
  const [, kilobytes] = /^VmRSS:\s+(\d+) kB$/m.exec(await readFile(`/proc/${pid}/status`, 'utf8')) ?? []
  return Number(kilobytes) * 1024
}

it(`GEN28: after ${PAYLOADS} payloads of 900 KB the process’s memory is within 64 MB of before`, async () => {
  await using server = await startServerProcess({ LIMIT_EVENTS_PER_SEC: '0', LIMIT_MESSAGES_PER_SEC: '0' })
  const courses = { course: 'student' } as const
  const token = await signTestToken({ sub: 'an', courses }, Date.now())
  await using client = await TestClient.connect(server.url, { auth: { token } })
  await client.call('chat:join_room', { courseId: 'course' })
  await send(client, WARM_UP)
  const before = await residentOf(server.pid)
  await send(client, PAYLOADS)
  // Memory goes up until it is collected: what is kept shows in the lowest of some readings.
  const readings: number[] = []
  for (let reading = 0; reading < 10; reading++) {
    await send(client, payloads.length)
    readings.push(await residentOf(server.pid))
  }
  expect(Math.min(...readings) - before).toBeLessThan(MOST_GROWTH)
}, 300_000)

async function send(client: TestClient, count: number): Promise<void> {
  for (let sent = 0; sent < count; sent += payloads.length) {
    const answers = payloads.map((payload, index) =>
      client.emitRaw(events[(sent / payloads.length + index) % events.length] ?? '', payload),
    )
    for (const answer of await Promise.all(answers)) expect(answer.ok).toBe(false)
  }
}
