import { once } from 'node:events'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { startTestServer, type TestServer } from '../harness/start-test-server.ts'
import { frameOf, openByHand } from '../harness/web-socket-by-hand.ts'
import { Classroom } from './classroom.ts'

let server: TestServer

beforeAll(async () => {
  server = await startTestServer({ env: { LIMIT_MESSAGES_PER_SEC: '0', LIMIT_EVENTS_PER_SEC: '0' } })
})
afterAll(() => server[Symbol.asyncDispose]())

/** Connected by hand, since every client library reads. */
async function connectDeaf(url: string, token: string) {
  const socket = await openByHand(Number(new URL(url).port))
  socket.write(frameOf(`40${JSON.stringify({ token })}`))
  await once(socket, 'data')
  socket.pause()
  return socket
}

it('a client that asks and does not read is given up before it fills the memory, and nobody else notices', async () => {
  const room = new Classroom(server)
  const an = await room.enter('an')
  await Promise.all(Array.from({ length: 250 }, () => room.say(an, 'x'.repeat(4000))))
  const socket = await connectDeaf(server.url, await server.token(room.claims('binh')))
  const join = ['chat:join_room', { courseId: room.courseId, sinceRev: 0 }]
  for (let asked = 0; asked < 100; asked++) socket.write(frameOf(`42${asked}${JSON.stringify(join)}`))
  await expect
    .poll(() => server.logLines.some(({ msg }) => msg === 'client does not read what it is sent'), { timeout: 60_000 })
    .toBe(true)
  await room.say(an, 'still here')
  await an.next('chat:new_message', ({ message }) => message === 'still here')
  socket.destroy()
}, 120_000)
