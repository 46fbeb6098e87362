import { type FileRecord, fileRecord, fileStatistics, folderRecord, folderSize } from '@lectern/protocol'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { startTestServer, type TestServer } from '../harness/start-test-server.ts'
import { type Person, School } from './school.ts'

const QUOTA = 1_000_000

let server: TestServer
beforeAll(async () => {
  const limits = { LIMIT_EVENTS_PER_SEC: '0', LIMIT_UPLOADS_PER_MIN: '0' }
  server = await startTestServer({ env: { ...limits, QUOTA_BYTES: `${QUOTA}`, PUBLIC_FOLDERS: 'Avatars, logo' } })
})
afterAll(() => server[Symbol.asyncDispose]())

async function course() {
  const school = new School(server)
  const [an, binh, teacher] = [await school.student('an'), await school.student('binh'), await school.teacher()]
  const { courseId: course_id } = school
  await teacher.api.get('/auth/me')
  return { school, an, binh, teacher, course_id }
}

const placeOf = ({ folder_id, filename }: FileRecord) => ({ folder: folder_id, file: filename })
const pathOf = ({ folder_id, filename }: FileRecord) => `${folder_id}/${encodeURIComponent(filename)}`
const used = async (person: Person): Promise<number> =>
  fileStatistics.parse((await person.api.get('/files/statistics')).data).quota.used

describe('a folder', () => {
  it('FI6: is made by an upload into a name that is not there: shared by a student, course by staff, else a dropbox', async () => {
    const { school, an, teacher, course_id } = await course()
    const visibility = async (person: Person, { folder_id }: FileRecord, query = '') => {
      const { data } = await person.api.get(`/files/folders${query}`)
      return z
        .array(folderRecord)
        .parse(data)
        .find(({ id }) => id === folder_id)?.visibility
    }
    const inCourse = `?course_id=${course_id}`
    expect(await visibility(an, await an.store({ folder: 'hoc sinh', course_id }), inCourse)).toBe('shared')
    expect(await visibility(an, await teacher.store({ folder: 'giao vien', course_id }), inCourse)).toBe('course')
    expect(await visibility(an, await an.store({ folder: school.name('nop') }))).toBe('dropbox')
  })

  it('FI6: is public where the operator lists its name, and a teacher made it', async () => {
    const school = new School(server)
    const [student, teacher] = [await school.stranger(), await school.globalTeacher()]
    expect((await student.upload({ folder: 'AVATARS' })).error?.code).toBe('FORBIDDEN')
    const file = await teacher.store({ folder: 'aVatars' })
    expect(await (await school.nobody()).reads(file)).toEqual([200, 200, 200])
  })

  it('FI4: is found by id and by name, whatever the case and the Unicode form; a course’s by its course', async () => {
    const { an, teacher, course_id } = await course()
    const file = await teacher.store({ folder: 'Bài giảng', course_id })
    for (const name of ['BÀI GIẢNG', 'bài giảng'.normalize('NFD'), file.folder_id]) {
      const path = `/files/info/${encodeURIComponent(name)}/${file.filename.toUpperCase()}`
      expect(fileRecord.parse((await an.api.get(`${path}?course_id=${course_id}`)).data)).toEqual(file)
      expect(fileRecord.parse((await an.api.get(path)).data)).toEqual(file)
    }
  })

  it('FI5: of a name that several courses have is CONFLICT with their ids, until one is named', async () => {
    const school = new School(server)
    const courses = { [`${school.courseId}a`]: 'teacher', [`${school.courseId}b`]: 'teacher' } as const
    const teacher = await school.person({ sub: school.room.id('both'), courses })
    const ids = Object.keys(courses)
    for (const course_id of ids) await teacher.store({ folder: school.name('x'), course_id })
    const answer = await teacher.api.get(`/files/list/${school.name('x')}`)
    expect(answer.error).toMatchObject({ code: 'CONFLICT', details: { course_ids: ids } })
    expect((await teacher.api.get(`/files/list/${school.name('x')}?course_id=${ids[0]}`)).status).toBe(200)
    await teacher.makeFolder({ name: school.name('x'), visibility: 'private' })
    expect((await teacher.api.get(`/files/list/${school.name('x')}`)).data).toEqual([])
  })

  it('FI7: is named without the spaces around what was typed', async () => {
    const { an, course_id } = await course()
    const file = await an.store({ folder: ' Nhóm 1', course_id })
    expect(file.folder).toBe('Nhóm 1')
    expect((await an.store({ folder: 'nhóm 1', course_id })).folder_id).toBe(file.folder_id)
    expect(await an.makeFolder({ name: '\tNhóm 2', course_id })).toMatchObject({ name: 'Nhóm 2' })
  })

  it.each(['a/b', '.an', 'an.', 'an ', ' ', 'con', 'Upload', 'tus', 'a:b', 'x'.repeat(101)])(
    'FI7: cannot be called %j',
    async (name) => {
      const { an, course_id } = await course()
      expect((await an.upload({ folder: name, course_id })).error?.code).toBe('VALIDATION_FAILED')
      expect((await an.api.post('/files/folders', { name, visibility: 'private' })).error?.code).toBe(
        'VALIDATION_FAILED',
      )
    },
  )

  it('FI7: keeps its name to itself among its course’s', async () => {
    const { an, teacher, course_id } = await course()
    await an.makeFolder({ name: 'Chung', course_id })
    expect((await teacher.api.post('/files/folders', { name: 'CHUNG', course_id })).error?.code).toBe('CONFLICT')
    const other = await teacher.makeFolder({ name: 'Khác', course_id })
    expect((await teacher.api.patch(`/files/folders/${other.id}`, { name: 'chung' })).error?.code).toBe('CONFLICT')
    expect((await teacher.api.patch(`/files/folders/${other.id}`, { name: 'KHÁC' })).data).toMatchObject({
      name: 'KHÁC',
    })
  })

  it('FI9: is its student’s to change and delete until it holds files of others, then staff’s', async () => {
    const { an, binh, teacher, course_id } = await course()
    const { folder_id } = await an.store({ folder: 'nhom', course_id })
    expect((await an.api.patch(`/files/folders/${folder_id}`, { name: 'nhom 1' })).status).toBe(200)
    expect((await an.api.patch(`/files/folders/${folder_id}`, { visibility: 'public' })).error?.code).toBe('FORBIDDEN')
    expect((await binh.api.delete(`/files/folders/${folder_id}?recursive=true`)).error?.code).toBe('FORBIDDEN')
    const others = await binh.store({ folder: folder_id })
    expect((await an.api.patch(`/files/folders/${folder_id}`, { name: 'nhom 2' })).error?.code).toBe('FORBIDDEN')
    expect((await an.api.delete(`/files/folders/${folder_id}?recursive=true`)).error?.code).toBe('FORBIDDEN')
    expect(await an.reads(others)).toEqual([200, 200, 200])
    expect((await teacher.api.delete(`/files/folders/${folder_id}`)).error?.code).toBe('CONFLICT')
    expect((await teacher.api.delete(`/files/folders/${folder_id}?recursive=true`)).status).toBe(204)
    expect(await an.reads(others)).toEqual([404, 404, 404])
    expect([await used(an), await used(binh)]).toEqual([0, 0])
  })

  it('FI9: that is made private is its owner’s alone', async () => {
    const { an, teacher, course_id } = await course()
    const file = await an.store({ folder: 'nhap', course_id })
    const made = await teacher.api.patch(`/files/folders/${file.folder_id}`, { visibility: 'private' })
    expect(made.error?.code).toBe('FORBIDDEN')
    expect((await an.api.patch(`/files/folders/${file.folder_id}`, { visibility: 'private' })).status).toBe(200)
    expect(await teacher.reads(file)).toEqual([404, 404, 404])
    expect((await teacher.api.post('/files/folders', { name: 'nhap', course_id })).status).toBe(201)
  })

  it('FI9: that holds files of others is made private by nobody: they would lose sight of them', async () => {
    const { an, teacher, course_id } = await course()
    const { id } = await teacher.makeFolder({ name: 'chung', course_id, visibility: 'shared' })
    const file = await an.store({ folder: id })
    const made = await teacher.api.patch(`/files/folders/${id}`, { visibility: 'private' })
    expect(made.error?.code).toBe('FORBIDDEN')
    expect(await an.reads(file)).toEqual([200, 200, 200])
    await an.api.delete(`/files/${pathOf(file)}`)
    expect((await teacher.api.patch(`/files/folders/${id}`, { visibility: 'private' })).status).toBe(200)
  })

  it('FI68: is listed by name to whom it is open, page by page', async () => {
    const { an, binh, course_id } = await course()
    for (const name of ['c', 'B', 'a']) await an.makeFolder({ name, course_id })
    await an.makeFolder({ name: 'ab', course_id, visibility: 'private' })
    const names = async (person: Person) => {
      const found: string[] = []
      for (let cursor = ''; ; ) {
        const { data, meta } = await person.api.get(`/files/folders?course_id=${course_id}&limit=1${cursor}`)
        found.push(
          ...z
            .array(folderRecord)
            .parse(data)
            .map(({ name }) => name),
        )
        const next = z.object({ next_cursor: z.string().nullable() }).parse(meta).next_cursor
        if (next === null) return found
        cursor = `&cursor=${next}`
      }
    }
    expect(await names(an)).toEqual(['a', 'ab', 'B', 'c'])
    expect(await names(binh)).toEqual(['a', 'B', 'c'])
  })
})

describe('moving', () => {
  it('FI61, FI62: changes place and name, keeps id and bytes, and never overwrites', async () => {
    const { an, teacher, course_id } = await course()
    const file = await an.store({ folder: 'tu', course_id, name: 'một.pdf' })
    const there = await teacher.store({ folder: 'den', course_id, name: 'hai.pdf' })
    const refused = await an.api.post('/files/move', { ...placeOf(file), to_folder: 'den', course_id })
    expect(refused.error?.code).toBe('FORBIDDEN')
    const move = (more: object) =>
      teacher.api.post('/files/move', { ...placeOf(file), to_folder: 'den', course_id, ...more })
    expect((await move({ to_name: 'HAI.pdf' })).error?.code).toBe('CONFLICT')
    expect((await move({ to_name: 'ba.png' })).error?.code).toBe('UNSUPPORTED_FILE_TYPE')
    expect((await move({ to_folder: 'khong co' })).error?.code).toBe('NOT_FOUND')
    const moved = fileRecord.parse((await move({ to_name: 'Ba?.PDF' })).data)
    expect(moved).toMatchObject({ id: file.id, sha256: file.sha256, folder: 'den', filename: 'Ba_.PDF' })
    expect(moved).toMatchObject({ original_name: 'Ba?.PDF', uploaded_by: an.id })
    expect(await an.reads(moved)).toEqual([200, 200, 200])
    expect((await an.api.get(`/files/info/${pathOf(file)}`)).status).toBe(404)
    expect(await an.reads(there)).toEqual([200, 200, 200])
  })

  it('FI61: changes the case of a name where it is', async () => {
    const { an, course_id } = await course()
    const file = await an.store({ folder: 'x', course_id, name: 'bài.pdf' })
    const { data } = await an.api.post('/files/move', {
      ...placeOf(file),
      to_folder: file.folder_id,
      to_name: 'BÀI.pdf',
    })
    expect(fileRecord.parse(data).filename).toBe('BÀI.pdf')
  })

  it('FI63: takes no file of others into a private folder, where it would count for them unseen', async () => {
    const { an, teacher, course_id } = await course()
    const file = await an.store({ folder: 'x', course_id })
    const { id } = await teacher.makeFolder({ name: 'rieng', visibility: 'private' })
    expect((await teacher.api.post('/files/move', { ...placeOf(file), to_folder: id })).error?.code).toBe('FORBIDDEN')
  })

  it('FI63: renames what an administrator has put into a private folder where it is', async () => {
    const { school, an, course_id } = await course()
    const admin = await school.admin()
    const { id } = await an.makeFolder({ name: 'rieng', course_id, visibility: 'private' })
    const file = await admin.store({ folder: id })
    const renamed = await admin.api.post('/files/move', { ...placeOf(file), to_folder: id, to_name: 'khac.pdf' })
    expect(fileRecord.parse(renamed.data)).toMatchObject({ id: file.id, filename: 'khac.pdf' })
  })
})

describe('deleting', () => {
  it('FI61: is staff’s of what their course holds, in a private folder too, which they cannot read', async () => {
    const { school, an, binh, teacher, course_id } = await course()
    const { id } = await an.makeFolder({ name: 'rieng', course_id, visibility: 'private' })
    const file = await an.store({ folder: id })
    expect(await teacher.reads(file)).toEqual([404, 404, 404])
    expect((await binh.api.delete(`/files/${pathOf(file)}`)).status).toBe(404)
    expect((await (await school.stranger()).api.delete(`/files/${pathOf(file)}`)).status).toBe(404)
    expect((await teacher.api.delete(`/files/${pathOf(file)}`)).status).toBe(204)
    expect(await an.reads(file)).toEqual([404, 404, 404])
    expect(await used(an)).toBe(0)
  })

  it('FI61: is not staff’s of a private folder that is in no course, nor anybody’s who may read and no more', async () => {
    const { an, binh, teacher, course_id } = await course()
    const { id } = await an.makeFolder({ name: 'cua toi', visibility: 'private' })
    const [own, shared] = [await an.store({ folder: id }), await an.store({ folder: 'chung', course_id })]
    expect((await teacher.api.delete(`/files/${pathOf(own)}`)).status).toBe(404)
    expect((await binh.api.delete(`/files/${pathOf(shared)}`)).error?.code).toBe('FORBIDDEN')
  })
})

describe('FI64: a copy', () => {
  it('has its own id and the same bytes, and counts for who copied', async () => {
    const { an, binh, course_id } = await course()
    const file = await an.store({ folder: 'x', course_id, bytes: 5000 })
    const answer = await binh.api.post('/files/copy', { ...placeOf(file), to_folder: file.folder_id, to_name: 'b.pdf' })
    const copy = fileRecord.parse(answer.data)
    expect(answer.status).toBe(201)
    expect(copy).toMatchObject({ filename: 'b.pdf', sha256: file.sha256, size: 5000, uploaded_by: binh.id })
    expect([await used(an), await used(binh)]).toEqual([5000, 5000])
    await an.api.delete(`/files/${pathOf(file)}`)
    const bytes = await binh.api.get(`/files/download/${pathOf(copy)}`)
    expect([bytes.status, bytes.headers.get('content-length')]).toEqual([200, '5000'])
  })

  it('that would overwrite is CONFLICT, and leaves nothing behind', async () => {
    const { an, binh, course_id } = await course()
    const file = await an.store({ folder: 'x', course_id })
    const answer = await binh.api.post('/files/copy', { ...placeOf(file), to_folder: file.folder_id })
    expect(answer.error?.code).toBe('CONFLICT')
    expect(await used(binh)).toBe(0)
    expect((await binh.upload({ folder: file.folder_id, bytes: QUOTA })).status).toBe(201)
  })

  it('is made in a place of one’s own of whatever one may read', async () => {
    const { an, teacher, course_id } = await course()
    const file = await teacher.store({ folder: 'tai lieu', course_id })
    const { id } = await an.makeFolder({ name: 'cua toi', visibility: 'private' })
    expect((await an.api.post('/files/copy', { ...placeOf(file), to_folder: id })).status).toBe(201)
    expect((await an.api.post('/files/copy', { ...placeOf(file), to_folder: 'tai lieu', course_id })).error?.code).toBe(
      'FORBIDDEN',
    )
  })
})

describe('FI69: into a dropbox where one reads only one’s own', () => {
  it.each(['copy', 'move'])('a %s without a name finds a free one, as an upload does', async (how) => {
    const { an, binh, teacher, course_id } = await course()
    const { id } = await teacher.makeFolder({ name: 'nop', course_id, visibility: 'dropbox' })
    await binh.store({ folder: id, name: 'Bài.pdf' })
    const file = await an.store({ folder: 'x', course_id, name: 'bài.pdf' })
    const { data } = await an.api.post(`/files/${how}`, { ...placeOf(file), to_folder: id })
    expect(fileRecord.parse(data)).toMatchObject({ folder_id: id, filename: 'bài (2).pdf', original_name: 'bài.pdf' })
    const own = await teacher.store({ folder: 'y', course_id, name: 'bài.pdf' })
    expect((await teacher.api.post(`/files/${how}`, { ...placeOf(own), to_folder: id })).error?.code).toBe('CONFLICT')
  })
})

describe('FI65: the quota', () => {
  it('is never passed by uploads at the same time, and what is deleted is free again', async () => {
    const { school, an } = await course()
    const uploads = await Promise.all(
      Array.from({ length: 8 }, (_, at) => an.upload({ folder: school.name('q'), name: `${at}.pdf`, bytes: 300_000 })),
    )
    const refused = uploads.filter(({ status }) => status !== 201)
    expect(uploads.length - refused.length).toBe(3)
    for (const { status, error } of refused) {
      expect([status, error]).toMatchObject([507, { code: 'STORAGE_FULL', details: { reason: 'quota' } }])
    }
    expect(await used(an)).toBe(900_000)
    const { data } = await an.api.get(`/files/list/${school.name('q')}`)
    const [first] = z.array(fileRecord).parse(data)
    if (first !== undefined) await an.api.delete(`/files/${pathOf(first)}`)
    expect((await an.upload({ folder: school.name('q'), bytes: 300_000 })).status).toBe(201)
  })
})

describe('what is counted', () => {
  it('FI68: of a folder is what one may read of it', async () => {
    const { an, binh, teacher, course_id } = await course()
    const { id } = await teacher.makeFolder({ name: 'nop', course_id, visibility: 'dropbox' })
    await an.store({ folder: id, bytes: 1000 })
    await binh.store({ folder: id, bytes: 3000 })
    const size = async (person: Person) => folderSize.parse((await person.api.get(`/files/folder-size/${id}`)).data)
    const total = (file_count: number, total_size: number) => ({
      ...{ folder: 'nop', file_count, total_size },
      by_category: { document: { file_count, total_size } },
    })
    expect([await size(an), await size(teacher)]).toEqual([total(1, 1000), total(2, 4000)])
  })

  it('FI70: in statistics is one’s own uploads; in a course, all of it for its staff', async () => {
    const { an, teacher, course_id } = await course()
    await an.store({ folder: 'a', course_id, bytes: 1000 })
    await teacher.store({ folder: 'b', course_id, bytes: 2000 })
    const statistics = async (person: Person, query = '') =>
      fileStatistics.parse((await person.api.get(`/files/statistics${query}`)).data)
    const inCourse = `?course_id=${course_id}`
    const date = new Date().toISOString().slice(0, 10)
    expect(await statistics(teacher, inCourse)).toEqual({
      total_files: 2,
      total_size: 3000,
      by_category: { document: { file_count: 2, total_size: 3000 } },
      by_folder: [
        { folder: 'b', file_count: 1, total_size: 2000 },
        { folder: 'a', file_count: 1, total_size: 1000 },
      ],
      by_day: [{ date, count: 2, size: 3000 }],
      quota: { used: 2000, limit: QUOTA },
    })
    expect(await statistics(an, inCourse)).toMatchObject({ total_files: 1, total_size: 1000 })
    expect(await statistics(an)).toMatchObject({ total_files: 1, quota: { used: 1000 } })
    const stranger = await new School(server).stranger()
    expect((await stranger.api.get(`/files/statistics${inCourse}`)).status).toBe(404)
  })

  it('FI70: in statistics is nothing of a course that one was removed from; the quota still counts it', async () => {
    const { school, an, teacher, course_id } = await course()
    await an.store({ folder: 'a', course_id, bytes: 1000 })
    await an.store({ folder: school.name('nop'), bytes: 2000 })
    await teacher.api.delete(`/courses/${course_id}/members/${an.id}`)
    const { data } = await an.api.get('/files/statistics')
    expect(fileStatistics.parse(data)).toMatchObject({
      ...{ total_files: 1, total_size: 2000, by_category: { document: { file_count: 1, total_size: 2000 } } },
      by_folder: [{ folder: school.name('nop'), file_count: 1, total_size: 2000 }],
      by_day: [{ count: 1, size: 2000 }],
      quota: { used: 3000 },
    })
  })
})
