import { describe, expect, it } from 'vitest'
import { messagesQuery, searchQuery, sendBody } from './chat-input.ts'
import { CLIENT_EVENTS } from './event-tables.ts'

const send = (fields: object) => sendBody.safeParse({ message: 'hello', ...fields })

describe('sending', () => {
  it('fills in the defaults', () =>
    expect(sendBody.parse({ message: ' hello ' })).toEqual({ message: 'hello', message_type: 'text', mentions: [] }))
  it('CH13: is refused without text', () => expect(send({ message: ' \n ' }).success).toBe(false))
  it('CH13: a file may come without text', () =>
    expect(send({ message: '', message_type: 'file', file_id: 'f' }).success).toBe(true))
  it.each(['system', 'TEXT', '', 'poll', null, 7, ['text']])(
    'CH18: message_type %j is refused or absent',
    (message_type) => expect(send({ message_type }).success).toBe(message_type === null),
  )
  it.each(['file', 'image'])('CH19: %s needs file_id', (message_type) => {
    const result = send({ message_type })
    expect(result.error?.issues.map((issue) => issue.path)).toEqual([['file_id']])
  })
  it('CH22: mentions are at most 50, each once', () => {
    const people = Array.from({ length: 50 }, (_, i) => `u${i}`)
    expect(send({ mentions: people }).success).toBe(true)
    expect(send({ mentions: [...people, 'u50'] }).success).toBe(false)
    expect(sendBody.parse({ message: 'a', mentions: ['u', 'all', 'u'] }).mentions).toEqual(['u', 'all'])
  })
  it('is the same over the socket, with the course', () => {
    const payload = CLIENT_EVENTS['chat:send_message'].payload
    expect(payload.parse({ courseId: 'c', message: 'a', replyToId: 'm', clientId: '1' })).toEqual({
      course_id: 'c',
      message: 'a',
      message_type: 'text',
      reply_to_id: 'm',
      client_id: '1',
      mentions: [],
    })
    expect(payload.safeParse({ courseId: 'c', message: '', message_type: 'text' }).success).toBe(false)
  })
})

describe('GET …/messages', () => {
  const start = (query: object) => messagesQuery.parse(query)
  it('begins with the latest 50', () => expect(start({})).toEqual({ start: { kind: 'latest' }, limit: 50 }))
  it('goes before or after a seq', () => {
    expect(start({ before: '9', limit: '5' })).toEqual({ start: { kind: 'before', seq: 9 }, limit: 5 })
    expect(start({ after: '0' })).toEqual({ start: { kind: 'after', seq: 0 }, limit: 50 })
  })
  it('CH52: answers up to 500 changes, or as many as were asked for', () => {
    expect(start({ sinceRev: '7' })).toEqual({ start: { kind: 'changes', sinceRev: 7 }, limit: 500 })
    expect(start({ since_rev: '7', limit: '3' }).limit).toBe(3)
  })
  it('CH50: before, after and since_rev exclude each other', () => {
    for (const query of [
      { before: '1', after: '1' },
      { before: '1', since_rev: '1' },
      { after: '1', since_rev: '1' },
      { since_rev: '1', cursor: 'x' },
    ]) {
      expect(messagesQuery.safeParse(query).success).toBe(false)
    }
  })
  it('CH50: a cursor overrules a repeated before or after', () =>
    expect(start({ after: '3', cursor: 'x' }).start).toEqual({ kind: 'cursor', cursor: 'x' }))
  it.each(['0', '101', '', '-1', '1.5', '12abc', ['1', '2']])('GEN5: refuses limit %j', (limit) =>
    expect(messagesQuery.safeParse({ limit }).success).toBe(false),
  )
})

it('a search needs words, and takes any characters', () => {
  expect(searchQuery.safeParse({ q: '  ' }).success).toBe(false)
  for (const q of ['"', "it's", 'a*', 'NEAR(a b)', '100%', '(', 'đào tạo', '\\', '🇻🇳']) {
    expect(searchQuery.parse({ q }).q).toBe(q)
  }
})
