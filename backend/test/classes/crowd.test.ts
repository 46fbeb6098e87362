import { expect, it } from 'vitest'
import { meshEngine } from '../../src/modules/webrtc/media/mesh.engine.ts'
import { startTestServer } from '../harness/start-test-server.ts'
import type { TestClient } from '../harness/test-client.ts'
import { TestClass } from './test-class.ts'

const env = { LIMIT_EVENTS_PER_SEC: '0' }
const names = (count: number): string[] => Array.from({ length: count }, (_, index) => `person-${index}`)

/** Who is in the class, as one client knows it: its own answer, and what it was told since. */
function folded(client: TestClient, joined: readonly { userId: string }[]): string[] {
  const list = new Set(joined.map(({ userId }) => userId))
  for (const { userId } of client.received('webrtc:user_joined')) list.add(userId)
  return [...list]
}

it('RTC13: 100 people who join at once have one list, in one order', async () => {
  const engine = meshEngine({ participants: 200, cameras: 200 })
  await using server = await startTestServer({ env, engine })
  const live = await TestClass.plan(server, { lobby: false })
  const clients = await Promise.all(names(100).map((name) => live.connect(name)))
  const answers = await Promise.all(clients.map((client) => live.join(client)))
  for (const client of clients) await client.settled()
  const list = await live.participants()
  expect(new Set(list).size).toBe(100)
  for (const [index, client] of clients.entries())
    expect(folded(client, answers[index]?.participants ?? [])).toEqual(list)
}, 60_000)

it('RTC33: of 30 who join a mesh at once 8 are in, and the others CONFLICT', async () => {
  await using server = await startTestServer({ env })
  const live = await TestClass.plan(server, { lobby: false })
  const clients = await Promise.all(names(30).map((name) => live.connect(name)))
  const answers = await Promise.all(clients.map((client) => client.emit('webrtc:join_session', live.target)))
  expect(answers.filter(({ ok }) => ok)).toHaveLength(8)
  for (const answer of answers) {
    if (!answer.ok) expect(answer.error).toMatchObject({ code: 'CONFLICT', details: { limit: 8 } })
  }
  expect(await live.participants()).toHaveLength(8)
})
