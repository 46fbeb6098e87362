import { expect, it } from 'vitest'
import { type ServerProcess, startServerProcess } from '../harness/server-process.ts'
import { TestApi } from '../harness/test-api.ts'
import { TestClient } from '../harness/test-client.ts'
import { signTestToken, type TestClaims } from '../harness/test-token.ts'
import { Classroom, plain, reconnected, revsOf, type Venue } from './classroom.ts'

const tokenOf = async (who: TestClaims | string | undefined) =>
  typeof who === 'object' ? signTestToken(who, Date.now()) : who

const venueOf = (server: ServerProcess): Venue => ({
  connect: async (who, options) => TestClient.connect(server.url, { auth: { token: await tokenOf(who) }, ...options }),
  api: async (who) => new TestApi(server.url, await tokenOf(who)),
})

it('CH11 CH24: plain clients hear everything across a `kill -9`, in order; `client_id` holds across it', async () => {
  await using server = await startServerProcess({ LIMIT_MESSAGES_PER_SEC: '0' })
  const room = new Classroom(venueOf(server))
  await using an = await room.enter('an', 'student', plain)
  await using binh = await room.enter('binh', 'student', plain)
  const acked = await Promise.all(
    Array.from({ length: 20 }, (_, index) => room.say(an, `${index}`, { client_id: `c${index}` })),
  )
  const back = [reconnected(an), reconnected(binh)]
  await server.kill('SIGKILL')
  await server.restart()
  await Promise.all(back)
  expect(await room.say(an, 'again', { client_id: 'c7' })).toEqual(acked[7])
  const last = await room.say(an, 'last')
  expect(last.seq).toBe(21)
  for (const client of [an, binh]) {
    await client.next('chat:new_message', ({ id }) => id === last.id)
    // What was sent shortly before may come twice, which `seq` and `id` tell; nothing may be missing.
    expect([...new Set(revsOf(client))].sort((a, b) => a - b)).toEqual(
      Array.from({ length: last.rev }, (_, index) => index + 1),
    )
  }
}, 180_000)

it('CH11 OP6: a graceful stop of the process is bridged without a duplicate', async () => {
  await using server = await startServerProcess()
  const room = new Classroom(venueOf(server))
  await using an = await room.enter('an', 'student', plain)
  await using binh = await room.enter('binh', 'student', plain)
  await room.say(an, 'before')
  const back = [reconnected(an), reconnected(binh)]
  expect(await server.kill('SIGTERM')).toMatchObject({ code: 0 })
  await server.restart()
  await Promise.all(back)
  await room.say(an, 'after')
  await binh.next('chat:new_message', ({ message }) => message === 'after')
  expect(revsOf(binh)).toEqual([1, 2])
}, 180_000)
