import { describe, expect, it } from 'vitest'
import { systemMessage, T0, useChatLogs } from '../../../test/chat-log.ts'
import { changesSince, findMessage, messageHistory, positionsOf } from './chat.repository.reads.ts'
import { chatLog } from './chat.repository.ts'

const newChatLog = useChatLogs()
const refused = (code: string) => ({ name: 'AppError', code })

describe('sending', () => {
  it('takes the next seq and rev of its course alone', async () => {
    const log = await newChatLog()
    const first = await log.sent('an', 'một')
    const second = await log.sent('binh', 'hai')
    const elsewhere = await log.sent('an', 'ba', { courseId: log.c2 })
    expect([first, second, elsewhere].map(({ seq, rev, created_rev }) => [seq, rev, created_rev])).toEqual([
      [1, 1, 1],
      [2, 2, 2],
      [1, 1, 1],
    ])
    expect(await positionsOf(log.database, log.c1)).toEqual({ lastSeq: 2, lastRev: 2 })
  })

  it('answers with what is stored', async () => {
    const log = await newChatLog()
    const original = await log.sent('an', 'câu hỏi')
    const stored = await log.sent('binh', 'trả lời', {
      replyToId: original.id,
      clientId: 'k',
      mentions: [{ user_id: 'an', user_name: 'Name of an' }],
    })
    expect(stored.reply_to).toMatchObject({ id: original.id, message: 'câu hỏi', user_id: 'an', deleted_at: null })
    expect(await findMessage(log.database, stored.id)).toEqual(stored)
    const said = await log.sent('', '', systemMessage)
    expect(said).toMatchObject({ user_id: null, user_role: 'system', system: { kind: 'renamed', title: 'x' } })
    expect(await findMessage(log.database, said.id)).toEqual(said)
  })

  it('with a client_id of before is that message as it is now, and takes no number', async () => {
    const log = await newChatLog()
    const { message } = await log.send('an', 'một', { clientId: 'k' })
    await log.database.write(chatLog.edit, {
      messageId: message.id,
      courseId: log.c1,
      actorId: 'an',
      message: 'hai',
      now: T0 + 1,
    })
    const again = await log.send('an', 'ba', { clientId: 'k' })
    expect(again).toMatchObject({ outcome: 'repeated', message: { id: message.id, message: 'hai', rev: 2 } })
    const others = [
      await log.send('binh', 'bốn', { clientId: 'k' }),
      await log.send('an', 'năm', { clientId: 'k', courseId: log.c2 }),
    ]
    expect(others.map(({ outcome, message: { seq } }) => [outcome, seq])).toEqual([
      ['created', 2],
      ['created', 1],
    ])
    const repeats = await Promise.all(Array.from({ length: 20 }, () => log.send('chi', 'sáu', { clientId: 'k' })))
    expect(repeats.map(({ outcome }) => outcome).toSorted()).toEqual(['created', ...Array(19).fill('repeated')])
    expect(await positionsOf(log.database, log.c1)).toEqual({ lastSeq: 3, lastRev: 4 })
  })

  it('replies to a message of the same course that is no system message', async () => {
    const log = await newChatLog()
    const elsewhere = await log.sent('an', 'một', { courseId: log.c2 })
    const system = await log.sent('', '', systemMessage)
    await expect(log.send('an', 'x', { replyToId: elsewhere.id })).rejects.toMatchObject(refused('NOT_FOUND'))
    await expect(log.send('an', 'x', { replyToId: 'none' })).rejects.toMatchObject(refused('NOT_FOUND'))
    await expect(log.send('an', 'x', { replyToId: system.id })).rejects.toMatchObject(refused('VALIDATION_FAILED'))
    expect((await log.sent('an', 'x')).seq).toBe(2)
  })

  it('into no course, or an archived one, is refused', async () => {
    const log = await newChatLog()
    const message = await log.sent('an', 'một')
    await log.archive(log.c1)
    await expect(log.send('an', 'x')).rejects.toMatchObject(refused('NOT_FOUND'))
    await expect(log.send('an', 'x', { courseId: 'none' })).rejects.toMatchObject(refused('NOT_FOUND'))
    const pin = log.database.write(chatLog.pin, { messageId: message.id, courseId: log.c1, now: T0 })
    await expect(pin).rejects.toMatchObject(refused('NOT_FOUND'))
    expect(await positionsOf(log.database, log.c1)).toBeUndefined()
  })
})

describe('editing', () => {
  const edit = { actorId: 'an', now: T0 + 5 }

  it('takes a rev, keeps the seq and what was said before', async () => {
    const log = await newChatLog()
    const { id: messageId } = await log.sent('an', 'một')
    const change = await log.database.write(chatLog.edit, { ...edit, courseId: log.c1, messageId, message: 'hai' })
    expect(change).toMatchObject({
      outcome: 'updated',
      previousRev: 1,
      message: { message: 'hai', seq: 1, rev: 2, created_rev: 1, edited_at: T0 + 5 },
    })
    expect(await findMessage(log.database, messageId)).toEqual(change.message)
    const { items } = await messageHistory(log.database, { message: change.message, limit: 50 })
    expect(items).toEqual([
      { message: 'hai', at: T0 + 5, by: 'an' },
      { message: 'một', at: T0, by: 'an' },
    ])
  })

  it('to the same text changes nothing', async () => {
    const log = await newChatLog()
    const { id: messageId } = await log.sent('an', 'một')
    const change = await log.database.write(chatLog.edit, { ...edit, courseId: log.c1, messageId, message: 'một' })
    expect(change).toMatchObject({ outcome: 'unchanged', message: { rev: 1, edited_at: null } })
  })

  it('is for its sender alone, of what stands, in its own course', async () => {
    const log = await newChatLog()
    const { id: messageId } = await log.sent('an', 'một')
    const system = await log.sent('', '', systemMessage)
    const attempt = (input: object) =>
      log.database.write(chatLog.edit, { ...edit, courseId: log.c1, messageId, message: 'x', ...input })
    await expect(attempt({ actorId: 'binh' })).rejects.toMatchObject(refused('FORBIDDEN'))
    await expect(attempt({ messageId: system.id })).rejects.toMatchObject(refused('FORBIDDEN'))
    await expect(attempt({ courseId: log.c2 })).rejects.toMatchObject(refused('NOT_FOUND'))
    await expect(attempt({ message: '' })).rejects.toMatchObject(refused('VALIDATION_FAILED'))
    await log.database.write(chatLog.remove, { messageId, courseId: log.c1, actorId: 'an', staff: false, now: T0 })
    await expect(attempt({})).rejects.toMatchObject(refused('CONFLICT'))
    expect((await positionsOf(log.database, log.c1))?.lastRev).toBe(3)
  })
})

describe('deleting', () => {
  it('leaves the place without text, file and reactions, and replies without what they quote', async () => {
    const log = await newChatLog()
    const { id: messageId } = await log.sent('an', 'một', { fileId: await log.file('an'), messageType: 'file' })
    const reply = await log.sent('binh', 'hai', { replyToId: messageId })
    await log.database.write(chatLog.react, { messageId, courseId: log.c1, userId: 'binh', emoji: '👍' })
    const removal = { messageId, courseId: log.c1, actorId: 'chi', staff: true, now: T0 + 9 }
    const change = await log.database.write(chatLog.remove, removal)
    expect(change).toMatchObject({
      outcome: 'deleted',
      previousRev: 3,
      message: {
        seq: 1,
        rev: 4,
        message: '',
        file_id: null,
        file: null,
        reactions: [],
        deleted_at: T0 + 9,
        deleted_by: 'chi',
      },
    })
    expect(await findMessage(log.database, messageId)).toEqual(change.message)
    expect((await findMessage(log.database, reply.id))?.reply_to).toMatchObject({ message: '', deleted_at: T0 + 9 })
    const { items } = await messageHistory(log.database, { message: change.message, limit: 50 })
    expect(items).toEqual([{ message: 'một', at: T0, by: 'an' }])
    expect(await log.database.write(chatLog.remove, removal)).toMatchObject({
      outcome: 'unchanged',
      message: { rev: 4 },
    })
  })

  it("of others' messages is for staff", async () => {
    const log = await newChatLog()
    const { id: messageId } = await log.sent('an', 'một')
    const removal = log.database.write(chatLog.remove, {
      messageId,
      courseId: log.c1,
      actorId: 'binh',
      staff: false,
      now: T0,
    })
    await expect(removal).rejects.toMatchObject(refused('FORBIDDEN'))
  })
})

describe('reacting', () => {
  it('takes a rev only where it changes something', async () => {
    const log = await newChatLog()
    const { id: messageId } = await log.sent('an', 'một')
    const by = (userId: string, emoji: string) => ({ messageId, courseId: log.c1, userId, emoji })
    const outcomes = [
      await log.database.write(chatLog.react, by('an', '👍')),
      await log.database.write(chatLog.react, by('an', '👍')),
      await log.database.write(chatLog.react, by('binh', '👍')),
      await log.database.write(chatLog.react, by('binh', '🎉')),
      await log.database.write(chatLog.unreact, by('chi', '🎉')),
      await log.database.write(chatLog.unreact, by('binh', '🎉')),
    ]
    expect(outcomes.map(({ outcome, message: { rev } }) => [outcome, rev])).toEqual([
      ['updated', 2],
      ['unchanged', 2],
      ['updated', 3],
      ['updated', 4],
      ['unchanged', 4],
      ['updated', 5],
    ])
    expect((await findMessage(log.database, messageId))?.reactions).toEqual([{ emoji: '👍', user_ids: ['an', 'binh'] }])
  })

  it('has at most 20 kinds, and none on what is deleted or the system said', async () => {
    const log = await newChatLog()
    const { id: messageId } = await log.sent('an', 'một')
    const react = (emoji: string, id = messageId) =>
      log.database.write(chatLog.react, { messageId: id, courseId: log.c1, userId: 'an', emoji })
    for (let i = 0; i < 20; i++) await react(String.fromCodePoint(0x1f600 + i))
    await expect(react('👍')).rejects.toMatchObject(refused('CONFLICT'))
    expect((await react(String.fromCodePoint(0x1f600))).outcome).toBe('unchanged')
    await log.database.write(chatLog.remove, { messageId, courseId: log.c1, actorId: 'an', staff: false, now: T0 })
    await expect(react('👍')).rejects.toMatchObject(refused('CONFLICT'))
    const system = await log.sent('', '', systemMessage)
    await expect(react('👍', system.id)).rejects.toMatchObject(refused('FORBIDDEN'))
  })
})

describe('pinning', () => {
  it('takes a rev only where it changes something, and is not for the deleted', async () => {
    const log = await newChatLog()
    const { id: messageId } = await log.sent('an', 'một')
    const target = { messageId, courseId: log.c1 }
    const outcomes = [
      await log.database.write(chatLog.unpin, target),
      await log.database.write(chatLog.pin, { ...target, now: T0 + 1 }),
      await log.database.write(chatLog.pin, { ...target, now: T0 + 2 }),
      await log.database.write(chatLog.unpin, target),
    ]
    expect(outcomes.map(({ outcome, message: { rev, pinned_at } }) => [outcome, rev, pinned_at])).toEqual([
      ['unchanged', 1, null],
      ['updated', 2, T0 + 1],
      ['unchanged', 2, T0 + 1],
      ['updated', 3, null],
    ])
    await log.database.write(chatLog.remove, { ...target, actorId: 'an', staff: false, now: T0 })
    await expect(log.database.write(chatLog.pin, { ...target, now: T0 })).rejects.toMatchObject(refused('CONFLICT'))
  })
})

it('a change that is refused takes no number, whatever else shares its commit', async () => {
  const log = await newChatLog()
  const { id: messageId } = await log.sent('an', 'một')
  await Promise.allSettled(
    Array.from({ length: 60 }, (_, i) =>
      i % 3 === 0
        ? log.database.write(chatLog.edit, { messageId, courseId: log.c1, actorId: 'binh', message: 'x', now: T0 })
        : log.send('an', `${i}`),
    ),
  )
  const { messages } = await changesSince(log.database, { courseId: log.c1, sinceRev: 0, limit: 500 })
  expect(messages.map(({ seq }) => seq)).toEqual(Array.from({ length: 41 }, (_, i) => i + 1))
  expect(messages.map(({ rev }) => rev)).toEqual(Array.from({ length: 41 }, (_, i) => i + 1))
})
