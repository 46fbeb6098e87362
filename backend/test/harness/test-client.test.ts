import { describe, expect, it } from 'vitest'
import { startTestServer } from './start-test-server.ts'

const courses = { physics: 'student' } as const

describe('the test client', () => {
  it('hears, waits and answers over a real connection, each thing of its schema', async () => {
    await using server = await startTestServer()
    const an = await server.connect({ sub: 'an', courses: { physics: 'teacher' } })
    const binh = await server.connect({ sub: 'binh', courses })
    expect(await an.call('chat:join_room', { courseId: 'physics' })).toMatchObject({ role: 'teacher', lastSeq: 0 })
    await binh.call('chat:join_room', { courseId: 'physics' })
    const sent = await an.call('chat:send_message', { course_id: 'physics', message: 'Xin chào' })
    expect(sent).toMatchObject({ seq: 1, rev: 1, message: 'Xin chào', user_id: 'an' })
    const heard = await binh.next('chat:new_message')
    expect(heard).toEqual({ ...sent, client_id: null })
    await binh.settled()
    expect(binh.received('chat:new_message')).toEqual([heard])
  })

  it('tells why it was refused', async () => {
    await using server = await startTestServer()
    await expect(server.connect('no token')).rejects.toMatchObject({ name: 'Error', code: 'UNAUTHENTICATED' })
  })

  it('drops without a word, and comes back', async () => {
    await using server = await startTestServer()
    const an = await server.connect({ sub: 'an', courses })
    await an.drop()
    await an.connect()
    expect(await an.emit('chat:get_online_users', { courseId: 'physics' })).toMatchObject({ ok: true })
  })

  it('gives an error with its code, as an ack or as an exception', async () => {
    await using server = await startTestServer()
    const an = await server.connect({ sub: 'an' })
    expect(await an.emit('chat:join_room', { courseId: 'physics' })).toMatchObject({
      ok: false,
      error: { code: 'NOT_FOUND' },
    })
    await expect(an.call('chat:join_room', { courseId: 'physics' })).rejects.toThrow('chat:join_room: NOT_FOUND')
    expect(await an.emitRaw('no:such_event', null)).toMatchObject({ ok: false, error: { code: 'NOT_FOUND' } })
  })
})
