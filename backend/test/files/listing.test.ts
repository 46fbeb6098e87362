import { fileRecord } from '@lectern/protocol'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { startTestServer, type TestServer } from '../harness/start-test-server.ts'
import { type Person, School } from './school.ts'

let server: TestServer
beforeAll(async () => {
  server = await startTestServer({ env: { LIMIT_EVENTS_PER_SEC: '0', LIMIT_UPLOADS_PER_MIN: '0' } })
})
afterAll(() => server[Symbol.asyncDispose]())

async function folderOf(names: readonly string[]) {
  const school = new School(server)
  const an = await school.student('an')
  const folder = school.name('f')
  for (const [at, name] of names.entries()) await an.store({ folder, name, bytes: 1000 + ((at * 7) % 5) })
  return { school, an, folder }
}

const pageMeta = z.object({ next_cursor: z.string().nullable() })

/** Names page by page; `between` happens after the first. */
async function walk(person: Person, folder: string, query: string, between?: () => Promise<unknown>) {
  const found: string[] = []
  for (let cursor = '', pages = 1; ; pages++) {
    const { data, meta, error } = await person.api.get(`/files/list/${folder}?limit=2${query}${cursor}`)
    expect(error).toBeUndefined()
    found.push(
      ...z
        .array(fileRecord)
        .parse(data)
        .map(({ filename }) => filename),
    )
    const next = pageMeta.parse(meta).next_cursor
    if (next === null) return found
    cursor = `&cursor=${next}`
    if (pages === 1) await between?.()
  }
}

describe('a folder’s list', () => {
  it('FI66: goes by time, size or name, both ways; by time newest first and by name from A when nothing is said', async () => {
    const { an, folder } = await folderOf(['c.pdf', 'A.pdf', 'b.pdf', 'd.pdf', 'e.pdf'])
    expect(await walk(an, folder, '')).toEqual(['e.pdf', 'd.pdf', 'b.pdf', 'A.pdf', 'c.pdf'])
    expect(await walk(an, folder, '&order=asc')).toEqual(['c.pdf', 'A.pdf', 'b.pdf', 'd.pdf', 'e.pdf'])
    expect(await walk(an, folder, '&sort=name')).toEqual(['A.pdf', 'b.pdf', 'c.pdf', 'd.pdf', 'e.pdf'])
    expect(await walk(an, folder, '&sort=name&order=desc')).toEqual(['e.pdf', 'd.pdf', 'c.pdf', 'b.pdf', 'A.pdf'])
    expect(await walk(an, folder, '&sort=size')).toEqual(['b.pdf', 'e.pdf', 'A.pdf', 'd.pdf', 'c.pdf'])
    expect(await walk(an, folder, '&sort=size&order=asc')).toEqual(['c.pdf', 'd.pdf', 'A.pdf', 'e.pdf', 'b.pdf'])
  })

  it.each(['', '&order=asc', '&sort=name', '&sort=name&order=desc', '&sort=size', '&sort=size&order=asc'])(
    'FI66: neither repeats nor hides a file while others come in: %s',
    async (query) => {
      const names = ['b.pdf', 'd.pdf', 'f.pdf', 'h.pdf', 'j.pdf']
      const { an, folder } = await folderOf(names)
      const more = ['a.pdf', 'c.pdf', 'e.pdf', 'g.pdf', 'k.pdf']
      const add = async () => {
        for (const [at, name] of more.entries()) await an.store({ folder, name, bytes: 1000 + at })
      }
      const found = await walk(an, folder, query, add)
      expect(new Set(found).size).toBe(found.length)
      expect(found.filter((name) => names.includes(name)).sort()).toEqual(names)
    },
  )

  it('FI66: keeps files of one size apart by their ids', async () => {
    const { an, folder } = await folderOf([])
    const names = ['1.pdf', '2.pdf', '3.pdf', '4.pdf', '5.pdf']
    for (const name of names) await an.store({ folder, name, bytes: 1000 })
    expect(await walk(an, folder, '&sort=size&order=asc')).toEqual(names)
  })

  it('FI66: takes a cursor of its own order alone', async () => {
    const { an, folder } = await folderOf(['a.pdf', 'b.pdf'])
    const { meta } = await an.api.get(`/files/list/${folder}?limit=1`)
    const cursor = pageMeta.parse(meta).next_cursor
    for (const query of [`sort=name&cursor=${cursor}`, 'cursor=x']) {
      expect((await an.api.get(`/files/list/${folder}?${query}`)).error?.code).toBe('VALIDATION_FAILED')
    }
  })

  it('FI66: a cursor goes on in its own order where the query says none, and is refused where it says another', async () => {
    const { an, folder } = await folderOf(['a.pdf', 'b.pdf', 'c.pdf'])
    const orders = ['sort=created_at&order=asc', 'sort=name&order=desc', 'sort=size&order=asc'] as const
    for (const order of orders) {
      const first = await an.api.get(`/files/list/${folder}?limit=1&${order}`)
      const cursor = pageMeta.parse(first.meta).next_cursor
      const rest = await an.api.get(`/files/list/${folder}?limit=2&cursor=${cursor}`)
      const whole = await an.api.get(`/files/list/${folder}?${order}`)
      expect([first.data, rest.data].flat()).toEqual(whole.data)
      const other = order.endsWith('asc') ? 'desc' : 'asc'
      const refused = await an.api.get(`/files/list/${folder}?order=${other}&cursor=${cursor}`)
      expect(refused.error?.code).toBe('VALIDATION_FAILED')
    }
  })

  it('FI67: finds all words of q, each as the beginning of one, whatever the case and the diacritics', async () => {
    const { an, folder } = await folderOf(['Đề thi Toán.pdf', 'toán-cao_cấp (1).pdf', 'Hoá học.pdf'])
    expect(await walk(an, folder, '&q=toan')).toEqual(['toán-cao_cấp (1).pdf', 'Đề thi Toán.pdf'])
    expect(await walk(an, folder, '&q=TO+de')).toEqual(['Đề thi Toán.pdf'])
    expect(await walk(an, folder, '&q=ca+1')).toEqual(['toán-cao_cấp (1).pdf'])
    expect(await walk(an, folder, '&q=oan')).toEqual([])
    expect(await walk(an, folder, '&q=%25')).toEqual([])
  })

  it('shows one category', async () => {
    const { an, folder } = await folderOf(['a.pdf'])
    expect(await walk(an, folder, '&category=document')).toEqual(['a.pdf'])
    expect(await walk(an, folder, '&category=image&sort=name')).toEqual([])
  })

  it('FI68: of a dropbox shows to each their own, in every order', async () => {
    const { school, an, folder } = await folderOf(['b.pdf', 'a.pdf'])
    const binh = await school.student('binh')
    await binh.store({ folder, name: 'c.pdf' })
    for (const query of ['', '&sort=name', '&sort=size', '&category=document', '&q=pdf']) {
      expect(new Set(await walk(an, folder, query))).toEqual(new Set(['a.pdf', 'b.pdf']))
      expect(await walk(binh, folder, query)).toEqual(['c.pdf'])
    }
  })
})

describe('FI69: a file’s name', () => {
  it('is the next free one with a number where it is taken, whatever the case', async () => {
    const { an, folder } = await folderOf(['bài.pdf', 'BÀI.pdf', 'bài.PDF'.normalize('NFD')])
    expect(await walk(an, folder, '&order=asc')).toEqual(['bài.pdf', 'BÀI (2).pdf', 'bài (3).PDF'])
  })

  it('is given once to each of those who upload at the same time', async () => {
    const { an, folder } = await folderOf([])
    await Promise.all(Array.from({ length: 8 }, () => an.store({ folder, name: 'x.pdf' })))
    const names = ['x.pdf', ...Array.from({ length: 7 }, (_, at) => `x (${at + 2}).pdf`)]
    expect((await walk(an, folder, '&sort=name')).sort()).toEqual(names.sort())
  })
})
