import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startTestServer, type TestServer } from '../harness/start-test-server.ts'
import { CHAT_CHANGES, Classroom, countOf, revsOf } from './classroom.ts'

const KINDS = [...'😀😁😂😃😄😅😆😇😈😉😊😋😌😍😎😏😐😑😒😓😔']

let server: TestServer

beforeAll(async () => {
  server = await startTestServer({ env: { LIMIT_MESSAGES_PER_SEC: '0' } })
})
afterAll(() => server[Symbol.asyncDispose]())

describe('editing', () => {
  it('CH27 CH25: one edits one’s own; everyone in the room hears it, once', async () => {
    const room = new Classroom(server)
    const [an, binh] = await room.enterAll('an', 'binh')
    const { id } = await room.say(an, 'frist', { client_id: 'mine' })
    const edited = await an.call('chat:edit_message', { message_id: id, message: ' first ' })
    expect(edited).toMatchObject({
      id,
      seq: 1,
      rev: 2,
      message: 'first',
      client_id: 'mine',
      edited_at: expect.any(String),
    })
    expect(await an.next('chat:message_updated')).toEqual(edited)
    expect(await binh.next('chat:message_updated')).toEqual({ ...edited, client_id: null })
    await binh.settled()
    expect(revsOf(binh)).toEqual([1, 2])
  })

  it('CH27: another’s message is `FORBIDDEN`, also to staff; a deleted one is `CONFLICT`', async () => {
    const room = new Classroom(server)
    const [an, teacher] = await room.enterAll('an', 'teacher')
    const { id } = await room.say(an, 'mine')
    const edit = { message_id: id, message: 'yours' }
    expect(await teacher.emit('chat:edit_message', edit)).toMatchObject({ error: { code: 'FORBIDDEN' } })
    await an.call('chat:delete_message', { message_id: id })
    expect(await an.emit('chat:edit_message', edit)).toMatchObject({ error: { code: 'CONFLICT' } })
  })

  it('CH23: name and role stay those at sending', async () => {
    const room = new Classroom(server)
    const [an] = await room.enterAll('an')
    const { id } = await room.say(an, 'as a student')
    const renamed = await server.connect({ ...room.claims('an', 'teacher'), name: 'An the teacher' })
    const edited = await renamed.call('chat:edit_message', { message_id: id, message: 'still' })
    expect(edited).toMatchObject({ user_name: 'an', user_role: 'student' })
    expect(await room.say(renamed, 'new')).toMatchObject({ user_name: 'An the teacher', user_role: 'teacher' })
  })
})

describe('deleting', () => {
  it('CH28 CH29: it keeps its place without text or reactions, and is told with who did it', async () => {
    const room = new Classroom(server)
    const [an, binh, teacher] = await room.enterAll('an', 'binh', 'teacher')
    const { id } = await room.say(an, 'away with it')
    await binh.call('chat:react', { message_id: id, emoji: '👍' })
    expect(await binh.emit('chat:delete_message', { message_id: id })).toMatchObject({ error: { code: 'FORBIDDEN' } })
    const deletion = await teacher.call('chat:delete_message', { message_id: id })
    expect(deletion).toEqual({ id, course_id: room.courseId, seq: 1, rev: 3 })
    for (const client of [an, binh, teacher]) {
      expect(await client.next('chat:message_deleted')).toEqual({
        ...deletion,
        deleted_by: room.id('teacher'),
        deleted_at: expect.any(String),
      })
    }
    const { changes } = await an.call('chat:join_room', { courseId: room.courseId, sinceRev: 0 })
    expect(changes).toMatchObject([{ id, seq: 1, rev: 3, message: '', file: null, reactions: [] }])
    expect((await room.say(an, 'next')).seq).toBe(2)
  })

  it('CH28: one deletes one’s own', async () => {
    const room = new Classroom(server)
    const [an] = await room.enterAll('an')
    const { id } = await room.say(an, 'mine')
    expect(await an.call('chat:delete_message', { message_id: id })).toMatchObject({ id, rev: 2 })
  })

  it('CH32: a deleted message takes no reaction', async () => {
    const room = new Classroom(server)
    const [an] = await room.enterAll('an')
    const { id } = await room.say(an, 'mine')
    await an.call('chat:delete_message', { message_id: id })
    for (const event of ['chat:react', 'chat:unreact'] as const) {
      expect(await an.emit(event, { message_id: id, emoji: '👍' })).toMatchObject({ error: { code: 'CONFLICT' } })
    }
  })
})

describe('reacting', () => {
  it('CH25: reactions are counted by kind and told with who reacted', async () => {
    const room = new Classroom(server)
    const [an, binh] = await room.enterAll('an', 'binh')
    const { id } = await room.say(an, 'like it?', { client_id: 'mine' })
    await an.call('chat:react', { message_id: id, emoji: '👍' })
    const both = await binh.call('chat:react', { message_id: id, emoji: '👍' })
    expect(both).toMatchObject({ client_id: null, rev: 3 })
    expect(both.reactions).toEqual([{ emoji: '👍', count: 2, user_ids: [room.id('an'), room.id('binh')] }])
    expect(await an.next('chat:message_updated', ({ rev }) => rev === 3)).toMatchObject({ client_id: 'mine' })
    const one = await an.call('chat:unreact', { message_id: id, emoji: '👍' })
    expect(one.reactions).toEqual([{ emoji: '👍', count: 1, user_ids: [room.id('binh')] }])
    expect((await binh.call('chat:unreact', { message_id: id, emoji: '👍' })).reactions).toEqual([])
  })

  it('CH31: 20 kinds are the most, and more of a kind that is there go on', async () => {
    const room = new Classroom(server)
    const [an, binh] = await room.enterAll('an', 'binh')
    const { id: message_id } = await room.say(an, 'all of them')
    for (const emoji of KINDS.slice(0, 20)) await an.call('chat:react', { message_id, emoji })
    expect(await binh.emit('chat:react', { message_id, emoji: KINDS[20] ?? '' })).toMatchObject({
      error: { code: 'CONFLICT' },
    })
    expect((await binh.call('chat:react', { message_id, emoji: KINDS[0] ?? '' })).reactions).toHaveLength(20)
  })

  it('CH30: a reaction is exactly one emoji', async () => {
    const room = new Classroom(server)
    const [an] = await room.enterAll('an')
    const { id: message_id } = await room.say(an, 'x')
    for (const emoji of ['👩‍👩‍👧‍👦', '🇻🇳', '1️⃣', '❤️', '👍🏽']) {
      expect(await an.emit('chat:react', { message_id, emoji }), emoji).toMatchObject({ ok: true })
    }
    for (const emoji of ['', 'a', '👍👍', '👍 ', '1', '\ud83d', ':+1:', '👍'.repeat(1_000)]) {
      expect(await an.emit('chat:react', { message_id, emoji }), emoji).toMatchObject({
        error: { code: 'VALIDATION_FAILED' },
      })
    }
  })
})

it('CH4: what changes nothing takes no `rev`, broadcasts nothing and succeeds', async () => {
  const room = new Classroom(server)
  const [an, binh] = await room.enterAll('an', 'binh')
  const { courseId } = room
  const { id: message_id } = await room.say(an, 'as it is')
  const gone = await room.say(an, 'gone')
  await an.call('chat:react', { message_id, emoji: '👍' })
  await an.call('chat:delete_message', { message_id: gone.id })
  const rev = 4
  await binh.next('chat:message_deleted')
  const before = countOf(binh, ...CHAT_CHANGES)
  expect(await an.call('chat:react', { message_id, emoji: '👍' })).toMatchObject({ rev: 3 })
  expect(await an.call('chat:unreact', { message_id, emoji: '🎉' })).toMatchObject({ rev: 3 })
  expect(await an.call('chat:edit_message', { message_id, message: ' as it is ' })).toMatchObject({ edited_at: null })
  expect(await an.call('chat:delete_message', { message_id: gone.id })).toMatchObject({ rev })
  await an.call('chat:mark_read', { courseId, seq: 1 })
  await an.call('chat:mark_read', { courseId, seq: 1 })
  await binh.settled()
  expect(countOf(binh, ...CHAT_CHANGES)).toBe(before)
  expect(await binh.call('chat:join_room', { courseId })).toMatchObject({ lastRev: rev })
})
