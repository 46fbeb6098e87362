import { foundMessage, historyEntry, messageRecord, messagesMeta } from '@lectern/protocol'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { startTestServer, type TestServer } from '../harness/start-test-server.ts'
import { CHAT_CHANGES, Classroom, countOf, revsOf } from './classroom.ts'

let server: TestServer

beforeAll(async () => {
  server = await startTestServer({ env: { LIMIT_MESSAGES_PER_SEC: '0', LIMIT_EVENTS_PER_SEC: '0' } })
})
afterAll(() => server[Symbol.asyncDispose]())

const messages = z.array(messageRecord)
const found = z.array(foundMessage)

describe('writing over REST', () => {
  it('CH26: every change is broadcast as a socket’s is, with `client_id` for the writer’s connections alone', async () => {
    const room = new Classroom(server)
    const [an, binh] = await room.enterAll('an', 'binh')
    const [rest, staff] = [await room.api('an'), await room.api('teacher', 'teacher')]
    const path = `/chat/courses/${room.courseId}/messages`
    const sent = await rest.post(path, { message: 'by REST', client_id: 'r1', course_id: 'overruled by the path' })
    expect(sent.status, sent.text).toBe(201)
    const { id } = messageRecord.parse(sent.data)
    expect(await an.next('chat:new_message')).toEqual(sent.data)
    expect(await binh.next('chat:new_message')).toEqual({ ...messageRecord.parse(sent.data), client_id: null })
    expect((await rest.put(`/chat/messages/${id}`, { message: 'edited' })).status).toBe(200)
    expect((await rest.put(`/chat/messages/${id}/pin`)).error?.code).toBe('FORBIDDEN')
    expect((await staff.put(`/chat/messages/${id}/pin`)).status).toBe(200)
    expect((await staff.put(`/chat/messages/${id}/pin`)).status).toBe(200)
    expect((await staff.delete(`/chat/messages/${id}/pin`)).status).toBe(204)
    expect((await staff.delete(`/chat/messages/${id}`)).status).toBe(204)
    expect(await binh.next('chat:message_deleted')).toMatchObject({ id, rev: 5, deleted_by: room.id('teacher') })
    expect(revsOf(binh)).toEqual([1, 2, 3, 4, 5])
    expect(binh.received('chat:message_updated').map(({ pinned_at }) => pinned_at !== null)).toEqual([
      false,
      true,
      false,
    ])
    expect((await staff.put(`/chat/messages/${id}/pin`)).error?.code).toBe('CONFLICT')
  })

  it('CH14: a `client_id` is one message over socket and REST; the repeat is 200', async () => {
    const room = new Classroom(server)
    const [an, binh] = await room.enterAll('an', 'binh')
    const stored = await room.say(an, 'once', { client_id: 'both' })
    const path = `/chat/courses/${room.courseId}/messages`
    const repeat = await (await room.api('an')).post(path, { message: 'once', clientId: 'both' })
    expect([repeat.status, repeat.data]).toEqual([200, stored])
    await binh.settled()
    expect(countOf(binh, ...CHAT_CHANGES)).toBe(1)
  })
})

describe('reading over REST', () => {
  it('CH49 CH51 GEN7: pages go on by cursor in their direction, while others write', async () => {
    const room = new Classroom(server)
    const [an] = await room.enterAll('an')
    for (let index = 1; index <= 9; index++) await room.say(an, `${index}`)
    const rest = await room.api('an')
    const walk = async (query: string) => {
      const seqs: number[] = []
      for (let cursor = ''; ; ) {
        const page = await rest.get(`/chat/courses/${room.courseId}/messages?limit=4${query}${cursor}`)
        seqs.push(...messages.parse(page.data).map(({ seq }) => seq))
        const meta = messagesMeta.parse(page.meta)
        if (meta.next_cursor === null) return seqs
        await room.say(an, 'meanwhile')
        cursor = `&cursor=${meta.next_cursor}`
      }
    }
    expect(await walk('')).toEqual([9, 8, 7, 6, 5, 4, 3, 2, 1])
    expect(await walk('&before=4')).toEqual([3, 2, 1])
    expect((await walk('&after=6')).slice(0, 5)).toEqual([7, 8, 9, 10, 11])
    const changed = await rest.get(`/chat/courses/${room.courseId}/messages?since_rev=7&limit=1`)
    expect(messages.parse(changed.data)).toMatchObject([{ rev: 8 }])
    expect(changed.meta).toMatchObject({ more: true, next_cursor: null })
    for (const query of ['before=1&after=2', 'after=1&since_rev=1', 'limit=0', 'limit=101', 'limit=', 'cursor=x']) {
      const { error } = await rest.get(`/chat/courses/${room.courseId}/messages?${query}`)
      expect(error?.code, query).toBe('VALIDATION_FAILED')
    }
  })

  it('CH60: the history is staff’s, newest first, what was deleted included', async () => {
    const room = new Classroom(server)
    const [an] = await room.enterAll('an')
    const { id } = await room.say(an, 'one')
    await an.call('chat:edit_message', { message_id: id, message: 'two' })
    await an.call('chat:delete_message', { message_id: id })
    expect((await (await room.api('an')).get(`/chat/messages/${id}/history`)).error?.code).toBe('FORBIDDEN')
    const { data } = await (await room.api('teacher', 'teacher')).get(`/chat/messages/${id}/history`)
    const by = room.id('an')
    expect(z.array(historyEntry).parse(data)).toMatchObject([
      { message: 'two', by },
      { message: 'one', by },
    ])
  })

  it('CH57: pinned ones and those of a type are newest first', async () => {
    const room = new Classroom(server)
    const [teacher] = await room.enterAll('teacher')
    const staff = await room.api('teacher', 'teacher')
    for (const text of ['1', '2', '3']) {
      const { id } = await room.say(teacher, text, { message_type: 'announcement' })
      await room.say(teacher, 'between')
      if (text !== '2') await staff.put(`/chat/messages/${id}/pin`)
    }
    const texts = async (path: string) =>
      messages.parse((await staff.get(`/chat/courses/${room.courseId}/messages/${path}`)).data).map((m) => m.message)
    expect(await texts('type/announcement')).toEqual(['3', '2', '1'])
    expect(await texts('pinned')).toEqual(['3', '1'])
  })
})

describe('searching', () => {
  const TEXTS = [
    'Đào tạo giáo viên',
    'ĐA\u0300O TA\u0323O NFD',
    'đàotạo',
    'a "quoted" NEAR(x) 50% * (y)',
    'tạo đào',
  ] as const
  const WILD = [
    '"',
    '*',
    'NEAR',
    'NEAR(a b)',
    '%',
    '(',
    ')',
    "'",
    '-',
    'a OR b',
    'search:x',
    '^a',
    '{}',
    '\\',
    '; DROP',
    '😀',
    '"a',
    '::',
    'NOT',
  ]

  async function searchable() {
    const room = new Classroom(server)
    const [an] = await room.enterAll('an')
    for (const text of TEXTS) await room.say(an, text)
    const rest = await room.api('an')
    const search = async (q: string) => {
      const query = new URLSearchParams({ q })
      const answer = await rest.get(`/chat/courses/${room.courseId}/messages/search?${query}`)
      expect(answer.status, `${q}: ${answer.text}`).toBe(200)
      return found.parse(answer.data)
    }
    return { room, an, search }
  }

  it('CH53 CH54: finds all words as prefixes, whatever the marks and the form; highlights cut out what matched', async () => {
    const { search } = await searchable()
    for (const q of ['dao tao', 'ĐÀO TẠO', 'đào tạo'.normalize('NFD'), 'da ta', 'tao dao']) {
      const hits = await search(q)
      expect(
        hits.map(({ seq }) => seq),
        q,
      ).toEqual([5, 2, 1])
      expect(hits[2]?.highlights.map(([start, end]) => TEXTS[0].slice(start, end)).length).toBe(2)
    }
    const [newest] = await search('đào')
    expect(newest?.highlights.map(([start, end]) => newest.message.slice(start, end))).toEqual(['đào'])
    const nfd = (await search('nfd dao'))[0]
    expect(nfd?.highlights.map(([start, end]) => nfd.message.slice(start, end).normalize('NFC'))).toEqual([
      'ĐÀO',
      'NFD',
    ])
    expect(await search('dao khong')).toEqual([])
  })

  it('CH55: any characters find text or nothing, and no deleted message', async () => {
    const { room, an, search } = await searchable()
    for (const q of WILD) for (const { highlights } of await search(q)) expect(Array.isArray(highlights)).toBe(true)
    expect((await search('near quoted')).map(({ seq }) => seq)).toEqual([4])
    const { id } = await room.say(an, 'unmistakable')
    expect(await search('unmistak')).toHaveLength(1)
    await an.call('chat:edit_message', { message_id: id, message: 'changed' })
    expect(await search('unmistak')).toEqual([])
    await an.call('chat:delete_message', { message_id: id })
    expect(await search('changed')).toEqual([])
  })

  it('CH48: a person has two searches, statistics or exports at once', async () => {
    const { room } = await searchable()
    const rest = await room.api('teacher', 'teacher')
    const statuses = await Promise.all(
      Array.from({ length: 24 }, async () => (await rest.get(`/chat/courses/${room.courseId}/export`)).status),
    )
    expect(statuses.filter((status) => status === 200).length).toBeGreaterThanOrEqual(2)
    expect(statuses.filter((status) => status === 429).length).toBeGreaterThanOrEqual(1)
    expect(statuses.every((status) => status === 200 || status === 429)).toBe(true)
    expect((await rest.get(`/chat/courses/${room.courseId}/statistics`)).status).toBe(200)
  })
})

it('CH61 CH62 CH63: exports are teachers’; CSV bears a BOM and no formula, HTML shows markup as text', async () => {
  const room = new Classroom(server)
  const [an] = await room.enterAll('an')
  const formulas = ['=1+1', '+1', '-1', '@SUM(A1)', '\t=1']
  for (const text of [...formulas, '<script>alert(1)</script>']) await room.say(an, text)
  const path = `/chat/courses/${room.courseId}/export`
  expect((await (await room.api('an')).get(path)).error?.code).toBe('FORBIDDEN')
  const staff = await room.api('teacher', 'teacher')
  const csv = await fetch(`${server.url}/api/v1${path}?format=csv`, {
    headers: { Authorization: `Bearer ${await server.token(room.claims('teacher', 'teacher'))}` },
  })
  expect([...new Uint8Array(await csv.clone().arrayBuffer()).slice(0, 3)]).toEqual([0xef, 0xbb, 0xbf])
  expect(await csv.text()).not.toMatch(/(^|[,"])[=+@-]\S/m)
  const html = await staff.get(`${path}?format=html`)
  expect(html.text).not.toContain('<script>alert')
  const lines = (await staff.get(`${path}?format=jsonl`)).text.trimEnd().split('\n')
  expect(lines.map((line) => messageRecord.parse(JSON.parse(line)).seq)).toEqual([1, 2, 3, 4, 5, 6])
})
