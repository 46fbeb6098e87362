import { type MessageRecord, messageRecord } from '@lectern/protocol'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { z } from 'zod'
import { startTestServer, type TestServer } from '../harness/start-test-server.ts'
import type { TestClient } from '../harness/test-client.ts'
import { type Person, School } from './school.ts'

let server: TestServer
beforeAll(async () => {
  server = await startTestServer({ env: { LIMIT_EVENTS_PER_SEC: '0', LIMIT_MESSAGES_PER_SEC: '0' } })
})
afterAll(() => server[Symbol.asyncDispose]())

const showing = (school: School, client: TestClient, fileId: string): Promise<MessageRecord> =>
  school.room.say(client, '', { message_type: 'file', file_id: fileId })

const codeOf = async (school: School, client: TestClient, fileId: string): Promise<string> => {
  const payload = { course_id: school.courseId, message: '', message_type: 'file', file_id: fileId } as const
  const answer = await client.emit('chat:send_message', payload)
  return answer.ok ? 'ok' : answer.error.code
}

/** A course with a teacher and two students; `an` has sent a file of their own, which nobody else may read. */
async function shown() {
  const school = new School(server)
  const [an, binh, teacher] = [await school.student('an'), await school.student('binh'), await school.teacher()]
  const file = await an.store({ folder: school.name('nop'), name: 'Báo cáo.pdf' })
  const [sender, reader] = await school.room.enterAll('an', 'binh')
  const before = await binh.reads(file)
  const message = await showing(school, sender, file.id)
  return { school, an, binh, teacher, file, sender, reader, before, message }
}

it('FI73: a message bears the record of its file, and everyone enrolled may read that while it stands', async () => {
  const { school, binh, file, sender, reader, before, message } = await shown()
  expect(message.file).toEqual(file)
  expect((await reader.next('chat:new_message')).file).toEqual(file)
  expect(before).toEqual([404, 404, 404])
  expect(await binh.reads(file)).toEqual([200, 200, 200])
  expect(await (await school.stranger()).reads(file)).toEqual([404, 404, 404])
  await sender.call('chat:delete_message', { message_id: message.id })
  expect(await binh.reads(file)).toEqual([404, 404, 404])
})

it('FI73: every way of reading messages bears the record of their file', async () => {
  const { school, teacher, file, message } = await shown()
  await teacher.api.put(`/chat/messages/${message.id}/pin`)
  const chat = `/chat/courses/${school.courseId}`
  await teacher.api.put(`/chat/messages/${message.id}`, { message: 'x' })
  for (const path of ['messages', 'messages?since_rev=0', 'messages/pinned', 'messages/type/file']) {
    const [first] = z.array(messageRecord).parse((await teacher.api.get(`${chat}/${path}`)).data)
    expect(first?.file, path).toEqual(file)
  }
  const late = await school.room.connect('late')
  const { changes } = await late.call('chat:join_room', { courseId: school.courseId, sinceRev: 0 })
  expect(changes[0]?.file).toEqual(file)
  expect(messageRecord.parse((await teacher.api.get(`/chat/messages/${message.id}`)).data).file).toEqual(file)
  const { text } = await teacher.api.get(`${chat}/export?format=jsonl`)
  expect(messageRecord.parse(JSON.parse(text)).file).toEqual(file)
  for (const format of ['csv', 'html']) {
    expect((await teacher.api.get(`${chat}/export?format=${format}`)).text).toContain('Báo cáo.pdf')
  }
  expect((await teacher.api.get(`${chat}/statistics`)).data).toMatchObject({ files_shared: 1, by_type: { file: 1 } })
})

it('FI73: a search finds a message with the record of its file', async () => {
  const { school, binh, file, sender } = await shown()
  await school.room.say(sender, 'xem tệp', { message_type: 'file', file_id: file.id })
  const { data } = await binh.api.get(`/chat/courses/${school.courseId}/messages/search?q=xem`)
  expect(z.array(messageRecord).parse(data)[0]?.file).toEqual(file)
})

it('FI74: a file is shown by its uploader, or when everyone enrolled may read it anyway', async () => {
  const { school, an, binh, teacher, file, sender, reader } = await shown()
  const staff = await school.room.enter('teacher', 'teacher')
  const course = { course_id: school.courseId }
  const [common, dropped, hidden] = [
    await teacher.store({ folder: school.name('course'), ...course }),
    await dropInto(school, teacher, an),
    await teacher.store({ folder: school.name('teachers own') }),
  ]
  const elsewhere = new School(server)
  const foreign = await (await elsewhere.teacher()).store({
    folder: elsewhere.name('x'),
    course_id: elsewhere.courseId,
  })
  expect(await codeOf(school, reader, common.id)).toBe('ok')
  expect(await codeOf(school, reader, file.id)).toBe('ok')
  expect(await codeOf(school, staff, dropped.id)).toBe('FORBIDDEN')
  expect(await codeOf(school, reader, dropped.id)).toBe('NOT_FOUND')
  expect(await codeOf(school, reader, hidden.id)).toBe('NOT_FOUND')
  expect(await codeOf(school, reader, foreign.id)).toBe('NOT_FOUND')
  expect(await codeOf(school, reader, 'none')).toBe('NOT_FOUND')
  expect(await codeOf(school, sender, dropped.id)).toBe('ok')
  expect(await binh.reads(dropped)).toEqual([200, 200, 200])
})

async function dropInto(school: School, teacher: Person, student: Person) {
  const folder = { name: school.name('dropbox'), course_id: school.courseId, visibility: 'dropbox' }
  return student.store({ folder: (await teacher.makeFolder(folder)).id })
}

it('FI75: an image message bears an image', async () => {
  const { school, file, sender } = await shown()
  const answer = await sender.emit('chat:send_message', {
    course_id: school.courseId,
    message: '',
    message_type: 'image',
    file_id: file.id,
  })
  expect(answer).toMatchObject({ ok: false, error: { code: 'VALIDATION_FAILED' } })
})

it('FI76, FI77: a file that is renamed, moved or deleted takes the next rev of each message that bears it, and the room is told', async () => {
  const { school, an, file, sender, reader, message } = await shown()
  const again = await showing(school, sender, file.id)
  const place = { folder: file.folder_id, file: file.filename }
  const renamed = await an.api.post('/files/move', { ...place, to_folder: file.folder_id, to_name: 'Bản cuối.pdf' })
  expect(renamed.status).toBe(200)
  const told = [await reader.next('chat:message_updated'), await reader.next('chat:message_updated')]
  expect(told.map(({ id, rev, file }) => [id, rev, Reflect.get(Object(file), 'filename')])).toEqual([
    [message.id, again.rev + 1, 'Bản cuối.pdf'],
    [again.id, again.rev + 2, 'Bản cuối.pdf'],
  ])
  await an.api.patch(`/files/folders/${file.folder_id}`, { name: school.name('moi') })
  expect((await reader.next('chat:message_updated')).file).toMatchObject({ folder: school.name('moi') })
  await an.api.delete(`/files/${file.folder_id}/${encodeURIComponent('Bản cuối.pdf')}`)
  const gone = { id: file.id, original_name: 'Bản cuối.pdf', deleted: true }
  expect((await reader.next('chat:message_updated', ({ file }) => 'deleted' in Object(file))).file).toEqual(gone)
  expect(messageRecord.parse((await an.api.get(`/chat/messages/${message.id}`)).data).file).toEqual(gone)
})

it('FI77: what is left of a deleted file goes with the last message that bore it', async () => {
  const { school, an, file, sender, message } = await shown()
  const again = await showing(school, sender, file.id)
  await an.api.delete(`/files/${file.folder_id}/${encodeURIComponent(file.filename)}`)
  await sender.call('chat:delete_message', { message_id: message.id })
  expect(await tracesOf(file.id)).toBe(1)
  expect(messageRecord.parse((await an.api.get(`/chat/messages/${again.id}`)).data).file).toMatchObject({
    original_name: file.original_name,
  })
  await sender.call('chat:delete_message', { message_id: again.id })
  expect(await tracesOf(file.id)).toBe(0)
})

it('FI74: a file that was deleted cannot be shown', async () => {
  const { school, an, file, sender } = await shown()
  await an.api.delete(`/files/${file.folder_id}/${encodeURIComponent(file.filename)}`)
  expect(await codeOf(school, sender, file.id)).toBe('NOT_FOUND')
})

it('FI76: what a crash left untold of a file is told at the next start', async () => {
  await using own = await startTestServer()
  const school = new School(own)
  const an = await school.student('an')
  const file = await an.store({ folder: school.name('nop') })
  const message = await showing(school, await school.room.enter('an'), file.id)
  // As a rename's transaction leaves it behind.
  await own.pastServer(`insert into file_changes (file_id) values ('${file.id}')`)
  await own.restart()
  const { rev } = messageRecord.parse((await an.api.get(`/chat/messages/${message.id}`)).data)
  expect(rev).toBe(message.rev + 1)
})

async function tracesOf(fileId: string): Promise<number> {
  return (await server.pastServer(`select id from deleted_files where id = '${fileId}'`)).length
}
