import { afterAll, beforeAll, expect, it } from 'vitest'
import { startTestServer, type TestServer } from '../harness/start-test-server.ts'

let server: TestServer

beforeAll(async () => {
  server = await startTestServer()
})
afterAll(() => server[Symbol.asyncDispose]())

async function pair(courseId: string) {
  const an = await server.connect({ sub: 'an', courses: { [courseId]: 'student' } })
  const binh = await server.connect({ sub: 'binh', courses: { [courseId]: 'student' } })
  await binh.call('chat:join_room', { courseId })
  await an.call('chat:join_room', { courseId })
  return { an, binh }
}

const eventsOf = (log: readonly { event: string }[]) =>
  log.map(({ event }) => event).filter((event) => !event.startsWith('chat:online') && event !== 'chat:user_joined')

it('GEN30: a message sent before a leave is heard by its sender, and by the others before the leave', async () => {
  const { an, binh } = await pair('leaving')
  const sent = an.call('chat:send_message', { course_id: 'leaving', message: 'tạm biệt' })
  const left = an.call('chat:leave_room', { courseId: 'leaving' })
  await Promise.all([sent, left])
  await binh.next('chat:user_left')
  expect(eventsOf(binh.log)).toEqual(['chat:new_message', 'chat:user_left'])
  expect(an.received('chat:new_message')).toHaveLength(1)
})

it('GEN30: typing that starts after a message was sent is not ended by that message', async () => {
  const { an, binh } = await pair('typing')
  await an.call('chat:typing_start', { courseId: 'typing' })
  const sent = an.call('chat:send_message', { course_id: 'typing', message: 'một' })
  const typing = an.call('chat:typing_start', { courseId: 'typing' })
  await Promise.all([sent, typing])
  await binh.next('chat:new_message')
  await binh.settled()
  expect(binh.received('chat:user_typing').map(({ isTyping }) => isTyping)).toEqual([true, false, true])
})

it('CH36: who leaves while typing ceases to type, and then leaves', async () => {
  const { an, binh } = await pair('ceasing')
  await an.call('chat:typing_start', { courseId: 'ceasing' })
  await an.call('chat:leave_room', { courseId: 'ceasing' })
  await binh.next('chat:user_left')
  await binh.settled()
  expect(eventsOf(binh.log)).toEqual(['chat:user_typing', 'chat:user_typing', 'chat:user_left'])
})

it('CH22: mentions stay in the order in which they were sent', async () => {
  const { binh } = await pair('naming')
  const teacher = await server.connect({ sub: 'co-ha', courses: { naming: 'teacher' } })
  const message = await teacher.call('chat:send_message', {
    course_id: 'naming',
    message: 'cả lớp',
    mentions: ['all', 'binh', 'an'],
  })
  expect(message.mentions.map(({ user_id }) => user_id)).toEqual(['all', 'binh', 'an'])
  expect(binh.socket.connected).toBe(true)
})

it('ID15: a token without a name leaves the name that is known', async () => {
  const named = await server.api({ sub: 'named', name: 'Đỗ Thị Lan', courses: { names: 'student' } })
  await named.get('/auth/me')
  const unnamed = await server.api(await server.token({ sub: 'named', name: '', courses: { names: 'student' } }))
  expect((await unnamed.get('/auth/me')).data).toMatchObject({ name: 'Đỗ Thị Lan' })
})
