import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startTestServer, type TestServer } from '../harness/start-test-server.ts'
import { CHAT_CHANGES, Classroom, countOf } from './classroom.ts'

let server: TestServer

beforeAll(async () => {
  server = await startTestServer({ env: { LIMIT_MESSAGES_PER_SEC: '0' } })
})
afterAll(() => server[Symbol.asyncDispose]())

describe('sending', () => {
  it('CH25 CH16: everyone in the room hears it once, `client_id` goes to the sender’s connections alone', async () => {
    const room = new Classroom(server)
    const [an, binh] = await room.enterAll('an', 'binh')
    const phone = await room.enter('an')
    const stored = await room.say(an, 'Chào cả lớp', { client_id: 'mine-1' })
    expect(stored).toMatchObject({
      seq: 1,
      rev: 1,
      course_id: room.courseId,
      user_id: room.id('an'),
      user_name: 'an',
      user_role: 'student',
      message: 'Chào cả lớp',
      message_type: 'text',
      client_id: 'mine-1',
      system: null,
      file: null,
    })
    for (const mine of [an, phone]) expect(await mine.next('chat:new_message')).toEqual(stored)
    expect(await binh.next('chat:new_message')).toEqual({ ...stored, client_id: null })
    await Promise.all([an, binh, phone].map((client) => client.settled()))
    for (const client of [an, binh, phone]) expect(countOf(client, ...CHAT_CHANGES)).toBe(1)
  })

  it('CH12: receiving needs the join', async () => {
    const room = new Classroom(server)
    const [an] = await room.enterAll('an')
    const outside = await room.connect('binh')
    await room.say(an, 'one')
    await room.say(outside, 'two')
    await outside.settled()
    expect(countOf(outside, ...CHAT_CHANGES)).toBe(0)
    expect(an.received('chat:new_message').map(({ seq }) => seq)).toEqual([1, 2])
  })

  it('CH13: 4,000 UTF-16 units after trimming are the most, and something must be left', async () => {
    const room = new Classroom(server)
    const an = await room.connect('an')
    expect((await room.say(an, ` \n${'😀'.repeat(2_000)}\t `)).message).toBe('😀'.repeat(2_000))
    for (const message of [`${'😀'.repeat(2_000)}a`, 'a'.repeat(4_001), '', ' \n\t '] as const) {
      const answer = await an.emit('chat:send_message', { course_id: room.courseId, message })
      expect(answer, `${message.length}`).toMatchObject({ ok: false, error: { code: 'VALIDATION_FAILED' } })
    }
  })

  it('GEN18 GEN20: text is stored as written, markup and inner white space included', async () => {
    const room = new Classroom(server)
    const an = await room.connect('an')
    const markup = `<script>alert("1")</script>  & 'x'\n\tĐào tạo \u0301`
    expect((await room.say(an, `${markup}\nend`)).message).toBe(`${markup}\nend`)
  })

  it('GEN10 GEN11: every field is taken in both spellings; both, and different, are `VALIDATION_FAILED`', async () => {
    const room = new Classroom(server)
    const an = await room.connect('an')
    const { courseId } = room
    const first = await room.say(an, 'first')
    const camel = { courseId, message: 'x', messageType: 'text', replyToId: first.id, clientId: 'c' }
    const answer = await an.emitRaw('chat:send_message', camel)
    expect(answer).toMatchObject({ ok: true, data: { reply_to_id: first.id, client_id: 'c' } })
    expect(await an.emitRaw('chat:send_message', { ...camel, course_id: courseId })).toEqual(answer)
    expect(await an.emitRaw('chat:send_message', { ...camel, course_id: 'other' })).toMatchObject({
      error: { code: 'VALIDATION_FAILED' },
    })
    expect(await an.emitRaw('chat:join_room', { course_id: courseId, since_rev: 1 })).toMatchObject({
      ok: true,
      data: { changes: [{ rev: 2 }] },
    })
  })

  it('CH17: announcements and mentioning `all` are staff’s', async () => {
    const room = new Classroom(server)
    const [an] = await room.enterAll('an')
    const assistant = await room.connect('assistant', 'assistant')
    const base = { course_id: room.courseId, message: 'x' }
    for (const more of [{ message_type: 'announcement' as const }, { mentions: ['all'] }]) {
      expect(await an.emit('chat:send_message', { ...base, ...more })).toMatchObject({ error: { code: 'FORBIDDEN' } })
    }
    const said = await room.say(assistant, 'Exam', { message_type: 'announcement', mentions: ['all'] })
    expect(said).toMatchObject({ message_type: 'announcement', user_role: 'assistant', seq: 1 })
    expect(said.mentions).toEqual([{ user_id: 'all', user_name: 'all' }])
  })

  it.each([
    ['CH18: `system` is the server’s alone', { message_type: 'system' }, 'VALIDATION_FAILED'],
    ['CH18: a type that is none is refused', { message_type: 'video' }, 'VALIDATION_FAILED'],
    ['CH19: `file` needs a file', { message_type: 'file' }, 'VALIDATION_FAILED'],
    ['CH19: `image` needs a file', { message_type: 'image', message: '' }, 'VALIDATION_FAILED'],
    ['FI: a file that is none is not found', { message_type: 'file', file_id: 'f' }, 'NOT_FOUND'],
    ['CH20: a reply to no message is not found', { reply_to_id: 'none' }, 'NOT_FOUND'],
    ['CH16: a `client_id` has 1 character or more', { client_id: '' }, 'VALIDATION_FAILED'],
    ['CH16: a `client_id` has 64 characters or fewer', { client_id: 'c'.repeat(65) }, 'VALIDATION_FAILED'],
    ['CH22: mentions are of enrolled people', { mentions: ['nobody'] }, 'VALIDATION_FAILED'],
    [
      'CH22: mentions are 50 or fewer',
      { mentions: Array.from({ length: 51 }, (_, n) => `p${n}`) },
      'VALIDATION_FAILED',
    ],
  ])('%s', async (_rule, more, code) => {
    const room = new Classroom(server)
    const [an, binh] = await room.enterAll('an', 'binh')
    const answer = await an.emitRaw('chat:send_message', { course_id: room.courseId, message: 'x', ...more })
    expect(answer).toMatchObject({ ok: false, error: { code } })
    await binh.settled()
    expect(countOf(binh, ...CHAT_CHANGES)).toBe(0)
    expect((await room.say(an, 'next')).seq).toBe(1)
  })
})

describe('mentions and replies', () => {
  it('CH22: people are named by id, each once, and the text is not parsed', async () => {
    const room = new Classroom(server)
    const [an] = await room.enterAll('an', 'binh')
    const binh = room.id('binh')
    const { mentions } = await room.say(an, '@an hello', { mentions: [binh, binh, room.id('an')] })
    expect(mentions).toEqual([
      { user_id: binh, user_name: 'binh' },
      { user_id: room.id('an'), user_name: 'an' },
    ])
    expect((await room.say(an, `@${binh} @all`)).mentions).toEqual([])
  })

  it('CH22: 50 mentions are taken', async () => {
    const room = new Classroom(server)
    const key = await server.connect({ sub: room.id('root'), role: 'admin' })
    const an = await room.connect('an')
    const ids = Array.from({ length: 50 }, (_, index) => room.id(`p${index}`))
    const claims = ids.map((sub) => server.api({ sub, courses: { [room.courseId]: 'student' } }))
    for (const api of claims) expect((await (await api).get('/auth/me')).status).toBe(200)
    expect((await room.say(an, 'x', { mentions: ids })).mentions).toHaveLength(50)
    expect((await room.say(key, 'x', { mentions: ids.slice(0, 1) })).user_role).toBe('admin')
  })

  it('CH20: a reply names a message of the same course', async () => {
    const room = new Classroom(server)
    const other = new Classroom(server)
    const [an] = await room.enterAll('an')
    const [elsewhere] = await other.enterAll('an')
    const foreign = await other.say(elsewhere, 'elsewhere')
    const reply = { course_id: room.courseId, message: 'x', reply_to_id: foreign.id }
    expect(await an.emit('chat:send_message', reply)).toMatchObject({ error: { code: 'NOT_FOUND' } })
    const original = await room.say(an, 'original', { client_id: 'own' })
    const { reply_to, reply_to_id } = await room.say(an, 'reply', { reply_to_id: original.id })
    expect(reply_to_id).toBe(original.id)
    expect(reply_to).toEqual({
      id: original.id,
      user_id: room.id('an'),
      user_name: 'an',
      message: 'original',
      message_type: 'text',
      deleted_at: null,
    })
  })

  it('CH21: a reply shows the original as it is when read: edited, then blank once deleted', async () => {
    const room = new Classroom(server)
    const [an, binh] = await room.enterAll('an', 'binh')
    const original = await room.say(an, 'original')
    const reply = await room.say(binh, 'reply', { reply_to_id: original.id })
    await an.call('chat:edit_message', { message_id: original.id, message: 'changed' })
    const edited = await binh.call('chat:react', { message_id: reply.id, emoji: '👍' })
    expect(edited.reply_to).toMatchObject({ message: 'changed', deleted_at: null })
    const { courseId } = room
    const deletion = await an.call('chat:delete_message', { message_id: original.id })
    const { changes } = await binh.call('chat:join_room', { courseId, sinceRev: 0 })
    const read = changes.find(({ id }) => id === reply.id)
    expect(read?.reply_to).toMatchObject({ id: original.id, message: '', deleted_at: expect.any(String) })
    expect(changes.at(-1)).toMatchObject({ id: original.id, rev: deletion.rev, message: '' })
    const late = await room.say(binh, 'late', { reply_to_id: original.id })
    expect(late.reply_to).toMatchObject({ message: '', deleted_at: expect.any(String) })
  })
})
