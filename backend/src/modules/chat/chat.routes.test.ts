import { foundMessage, messageRecord, messagesMeta } from '@lectern/protocol'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { startTestServer, type TestServer } from '../../../test/harness/start-test-server.ts'
import type { TestApi } from '../../../test/harness/test-api.ts'

let server: TestServer
let courses = 0

beforeAll(async () => {
  server = await startTestServer({ env: { LIMIT_MESSAGES_PER_SEC: '0', LIMIT_EVENTS_PER_SEC: '0' } })
})
afterAll(() => server[Symbol.asyncDispose]())

/** A new course with its teacher, two students and a stranger. */
async function course() {
  const id = `course-${String(++courses).padStart(3, '0')}`
  const enrolled = (sub: string, role: 'teacher' | 'assistant' | 'student') =>
    server.api({ sub, courses: { [id]: role } })
  return {
    id,
    path: `/chat/courses/${id}`,
    teacher: await enrolled('teacher', 'teacher'),
    assistant: await enrolled('assistant', 'assistant'),
    an: await enrolled('an', 'student'),
    binh: await enrolled('binh', 'student'),
    stranger: await server.api({ sub: 'stranger', courses: {} }),
  }
}

type Course = Awaited<ReturnType<typeof course>>

async function send({ path }: Course, who: TestApi, message: string, more: object = {}) {
  const answer = await who.post(`${path}/messages`, { message, ...more })
  expect(answer.error).toBeUndefined()
  return messageRecord.parse(answer.data)
}

const texts = (data: unknown) =>
  z
    .array(messageRecord)
    .parse(data)
    .map(({ message }) => message)

describe('messages over REST', () => {
  it('are made with 201, and repeated with 200', async () => {
    const room = await course()
    const made = await room.an.post(`${room.path}/messages`, { message: ' Xin chào ', client_id: 'k' })
    expect([made.status, made.data]).toEqual([201, expect.objectContaining({ message: 'Xin chào', seq: 1, rev: 1 })])
    const repeated = await room.an.post(`${room.path}/messages`, { message: 'khác', clientId: 'k' })
    expect([repeated.status, repeated.data]).toEqual([200, made.data])
  })

  it('are paged by cursor, before, after and since_rev', async () => {
    const room = await course()
    for (const text of ['1', '2', '3', '4', '5']) await send(room, room.an, text)
    const first = await room.an.get(`${room.path}/messages?limit=2`)
    const meta = messagesMeta.parse(first.meta)
    expect(meta).toMatchObject({ limit: 2, last_seq: 5, last_rev: 5, epoch: expect.any(String) })
    const second = await room.an.get(`${room.path}/messages?limit=2&cursor=${meta.next_cursor}`)
    const before = await room.an.get(`${room.path}/messages?before=3`)
    const after = await room.an.get(`${room.path}/messages?after=3`)
    const since = await room.an.get(`${room.path}/messages?since_rev=3`)
    expect([first, second, before, after, since].map(({ data }) => texts(data).join(''))).toEqual([
      '54',
      '32',
      '21',
      '45',
      '45',
    ])
    expect(since.meta).toMatchObject({ more: false, next_cursor: null })
    for (const query of ['before=3&after=3', 'limit=0', 'limit=101', 'cursor=x', 'after=-1']) {
      const refused = await room.an.get(`${room.path}/messages?${query}`)
      expect([refused.status, refused.error?.code]).toEqual([400, 'VALIDATION_FAILED'])
    }
  })

  it('are edited, pinned, deleted; their history is for staff', async () => {
    const room = await course()
    const { id } = await send(room, room.an, 'một')
    const edited = await room.an.put(`/chat/messages/${id}`, { message: 'hai' })
    expect([edited.status, edited.data]).toEqual([200, expect.objectContaining({ message: 'hai', rev: 2 })])
    expect((await room.binh.put(`/chat/messages/${id}`, { message: 'x' })).error?.code).toBe('FORBIDDEN')
    expect((await room.an.put(`/chat/messages/${id}/pin`)).error?.code).toBe('FORBIDDEN')
    const pinned = await room.assistant.put(`/chat/messages/${id}/pin`)
    expect([pinned.status, pinned.data]).toEqual([200, expect.objectContaining({ pinned_at: expect.any(String) })])
    expect(texts((await room.binh.get(`${room.path}/messages/pinned`)).data)).toEqual(['hai'])
    expect((await room.teacher.delete(`/chat/messages/${id}/pin`)).status).toBe(204)
    expect((await room.binh.delete(`/chat/messages/${id}`)).error?.code).toBe('FORBIDDEN')
    const deleted = await room.teacher.delete(`/chat/messages/${id}`)
    expect([deleted.status, deleted.text]).toEqual([204, ''])
    expect((await room.teacher.delete(`/chat/messages/${id}`)).status).toBe(204)
    expect((await room.an.get(`/chat/messages/${id}`)).data).toMatchObject({ message: '', seq: 1, rev: 5 })
    expect((await room.an.get(`/chat/messages/${id}/history`)).error?.code).toBe('FORBIDDEN')
    const history = await room.assistant.get(`/chat/messages/${id}/history`)
    expect(history.data).toEqual([
      { message: 'hai', at: expect.any(String), by: 'an' },
      { message: 'một', at: expect.any(String), by: 'an' },
    ])
  })

  it('are not there for a stranger', async () => {
    const room = await course()
    const { id } = await send(room, room.an, 'một')
    const none = await room.stranger.get('/chat/courses/none/messages')
    const reads = ['messages', 'messages/search?q=mot', 'messages/pinned', 'messages/type/text']
    const others = ['statistics', 'unread', 'online', 'export']
    for (const path of [...reads, ...others]) {
      const answer = await room.stranger.get(`${room.path}/${path}`)
      expect([answer.status, answer.error], path).toEqual([404, none.error])
    }
    const sent = await room.stranger.post(`${room.path}/messages`, { message: 'x' })
    expect([sent.status, sent.error]).toEqual([404, none.error])
    const noMessage = await room.stranger.get('/chat/messages/none')
    const message = [
      room.stranger.get(`/chat/messages/${id}`),
      room.stranger.put(`/chat/messages/${id}`, { message: 'x' }),
      room.stranger.delete(`/chat/messages/${id}`),
      room.stranger.put(`/chat/messages/${id}/pin`),
      room.stranger.get(`/chat/messages/${id}/history`),
    ]
    for (const answer of await Promise.all(message))
      expect([answer.status, answer.error]).toEqual([404, noMessage.error])
  })
})

describe('what is asked of a course', () => {
  it('search finds with highlights', async () => {
    const room = await course()
    await send(room, room.an, 'Phòng Đào tạo thông báo')
    const found = await room.binh.get(`${room.path}/messages/search?q=dao%20tao`)
    const [first] = z.array(foundMessage).parse(found.data)
    expect(first?.highlights.map(([start, end]) => first.message.slice(start, end))).toEqual(['Đào', 'tạo'])
    expect((await room.binh.get(`${room.path}/messages/search?q=%22*(`)).data).toEqual([])
    expect((await room.binh.get(`${room.path}/messages/search`)).error?.code).toBe('VALIDATION_FAILED')
  })

  it('types are listed alone', async () => {
    const room = await course()
    await send(room, room.teacher, 'thông báo', { message_type: 'announcement' })
    await send(room, room.an, 'khác')
    expect(texts((await room.an.get(`${room.path}/messages/type/announcement`)).data)).toEqual(['thông báo'])
    expect((await room.an.get(`${room.path}/messages/type/none`)).error?.code).toBe('VALIDATION_FAILED')
  })

  it('statistics tell a student of themselves alone', async () => {
    const room = await course()
    await send(room, room.an, '1')
    await send(room, room.an, '2')
    await send(room, room.teacher, '3', { message_type: 'announcement' })
    const an = { user_id: 'an', user_name: 'an', count: 2 }
    const forStaff = await room.assistant.get(`${room.path}/statistics?tz=Asia/Ho_Chi_Minh`)
    expect(forStaff.data).toMatchObject({
      total_messages: 3,
      by_type: { text: 2, announcement: 1 },
      by_user: [an, { user_id: 'teacher', user_name: 'teacher', count: 1 }],
      active_users: 2,
      files_shared: 0,
    })
    const forStudent = await room.an.get(`${room.path}/statistics`)
    expect(forStudent.data).toMatchObject({ total_messages: 3, by_user: [an], active_users: 2 })
    expect((await room.an.get(`${room.path}/statistics?tz=Mars/Phobos`)).error?.code).toBe('VALIDATION_FAILED')
  })

  it('unread is told of one course, and of all, page by page', async () => {
    const rooms = [await course(), await course(), await course()]
    const claims = Object.fromEntries(rooms.map(({ id }) => [id, 'student' as const]))
    const reader = await server.api({ sub: 'reader', courses: claims })
    const [room] = rooms
    if (room === undefined) throw new Error('There are three.')
    expect((await reader.get(`${room.path}/unread`)).data).toMatchObject({ unread: 0 })
    await send(room, room.an, 'một')
    expect((await reader.get(`${room.path}/unread`)).data).toEqual({
      course_id: room.id,
      unread: 1,
      mentions: 0,
      last_read_seq: 0,
    })
    const listed: unknown[] = []
    let path = '/chat/unread?limit=2'
    for (let page = 0; page < 2; page++) {
      const { data, meta } = await reader.get(path)
      listed.push(...z.array(z.unknown()).parse(data))
      const cursor = z.object({ next_cursor: z.string().nullable() }).parse(meta).next_cursor
      expect(cursor === null).toBe(page === 1)
      path = `/chat/unread?limit=2&cursor=${cursor}`
    }
    expect(listed).toEqual(rooms.map(({ id }) => expect.objectContaining({ course_id: id })))
  })

  it('an export is a file, for teachers', async () => {
    const room = await course()
    await send(room, room.an, '=1+1')
    const csv = await room.teacher.get(`${room.path}/export?format=csv`)
    expect(csv.headers.get('content-type')).toContain('text/csv')
    expect(csv.headers.get('content-disposition')).toBe(`attachment; filename="chat-${room.id}.csv"`)
    expect(csv.text).toContain(",'=1+1,")
    const lines = (await room.teacher.get(`${room.path}/export`)).text.trimEnd().split('\n')
    expect(lines.map((line) => messageRecord.parse(JSON.parse(line)).message)).toEqual(['=1+1'])
    expect((await room.teacher.get(`${room.path}/export?format=html`)).text).toContain('<!doctype html>')
    expect((await room.assistant.get(`${room.path}/export`)).error?.code).toBe('FORBIDDEN')
    expect((await room.teacher.get(`${room.path}/export?format=xml`)).error?.code).toBe('VALIDATION_FAILED')
  })

  it('who is online is who has joined by socket', async () => {
    const room = await course()
    const an = await server.connect({ sub: 'an', courses: { [room.id]: 'student' } })
    expect((await room.binh.get(`${room.path}/online`)).data).toEqual({ courseId: room.id, users: [], count: 0 })
    await an.call('chat:join_room', { courseId: room.id })
    expect((await room.binh.get(`${room.path}/online`)).data).toMatchObject({ users: [{ userId: 'an' }], count: 1 })
    const sent = await send(room, room.binh, 'qua REST', { client_id: 'k' })
    expect(await an.next('chat:new_message')).toEqual({ ...sent, client_id: null })
  })
})
