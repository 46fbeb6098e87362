import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startTestServer, type TestServer } from '../harness/start-test-server.ts'
import { Classroom } from './classroom.ts'

let server: TestServer

beforeAll(async () => {
  server = await startTestServer()
})
afterAll(() => server[Symbol.asyncDispose]())

describe('a connection that drops', () => {
  it('CH11: one that claims to have had more than there is comes back to its room as it is', async () => {
    const room = new Classroom(server)
    const [an, binh] = await room.enterAll('an', 'binh')
    await room.say(an, 'one')
    await binh.next('chat:new_message')
    const pid: unknown = Reflect.get(binh.socket, '_pid')
    await binh.drop()
    const token = await server.token(room.claims('binh'))
    const auth = { token, pid, offset: `${room.courseId}/999999999999999` }
    const back = await server.connect(room.claims('binh'), { auth })
    expect(await back.call('chat:join_room', { courseId: room.courseId })).toMatchObject({ lastRev: 1 })
    await room.say(an, 'two')
    expect(await back.next('chat:new_message')).toMatchObject({ message: 'two', rev: 2 })
  })
})
