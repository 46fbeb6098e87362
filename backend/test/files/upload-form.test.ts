import { createHash } from 'node:crypto'
import { API_BASE, uploadResult } from '@lectern/protocol'
import { describe, expect, it } from 'vitest'
import { startTestServer, type TestServer } from '../harness/start-test-server.ts'
import { leftovers, NOTHING } from './leftovers.ts'
import { FORM_TYPE, formBytes } from './raw-upload.ts'
import { answerOf, type Parts, pdf, pdfBytes, recordOf, sendForm } from './upload-client.ts'

const courses = { physics: 'student' } as const
const PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
)
const place = [
  ['folder', 'Bài nộp'],
  ['course_id', 'physics'],
] as const

const upload = async (server: TestServer, parts: Parts, sub = 'an') =>
  sendForm(server, await server.token({ sub, courses }), '/files/upload', parts)
const uploadMany = async (server: TestServer, parts: Parts) =>
  sendForm(server, await server.token({ sub: 'an', courses }), '/files/upload/multiple', parts)

describe('POST /files/upload', () => {
  it('FI10 takes a form’s parts in any order', async () => {
    await using server = await startTestServer()
    const file = ['file', pdf('x.pdf')] as const
    const orders: Parts[] = [
      [file, ...place],
      [...place, file],
      [place[0], file, place[1]],
    ]
    for (const parts of orders) {
      const answer = await upload(server, parts)
      expect([answer.status, recordOf(answer).course_id]).toEqual([201, 'physics'])
    }
  })

  it('FI11 the record tells the size and the hash of what was sent, and the file comes back byte by byte', async () => {
    await using server = await startTestServer()
    const content = pdfBytes(1_500_000)
    const answer = await upload(server, [['file', new File([content], 'x.pdf')], ...place])
    const record = recordOf(answer)
    expect(record).toMatchObject({ size: 1_500_000, sha256: createHash('sha256').update(content).digest('hex') })
    const token = await server.token({ sub: 'an', courses })
    const url = server.url + new URL(record.download_url).pathname
    const bytes = await (await fetch(url, { headers: { Authorization: `Bearer ${token}` } })).bytes()
    expect(Buffer.from(bytes).equals(content)).toBe(true)
  })

  it('FI58 a name of any script comes back as its NFC form', async () => {
    await using server = await startTestServer()
    const names = ['Bài giảng số 1 – “đạo hàm”.pdf', '数学.pdf', 'a"b%22.pdf', 'Bài tập.pdf'.normalize('NFD')]
    for (const name of names) {
      const { original_name } = recordOf(await upload(server, [['file', pdf(name)], ...place]))
      // A browser writes a quote as %22, and then nobody can tell it from one that was typed so.
      expect(original_name).toBe(name.normalize('NFC').replace('%22', '"'))
    }
  })

  const spellings: [string, string][] = [
    ["filename*=UTF-8''B%C3%A0i%20%C4%91%E1%BB%8Dc.pdf", 'Bài đọc.pdf'],
    [`filename="ascii.pdf"; filename*=UTF-8''B%C3%A0i.pdf`, 'Bài.pdf'],
    ['filename="C:\\\\Ảnh\\\\x.pdf"', 'x.pdf'],
    ['filename="../../etc/x.pdf"', 'x.pdf'],
    ['filename="a\u202Efdp.pdf"', 'afdp.pdf'],
    ["filename*=UTF-8''a%00b.pdf", 'ab.pdf'],
  ]
  it.each(spellings)('FI58 a name that comes as %j is stored safely', async (named, expected) => {
    await using server = await startTestServer()
    const headers = { Authorization: `Bearer ${await server.token({ sub: 'an' })}`, 'Content-Type': FORM_TYPE }
    const body = new Uint8Array(formBytes({ named, content: pdfBytes(2000) }))
    const url = `${server.url}${API_BASE}/files/upload`
    expect(recordOf(await answerOf(await fetch(url, { method: 'POST', headers, body }))).original_name).toBe(expected)
  })

  it('FI10 a description is kept, and a field in either spelling is taken', async () => {
    await using server = await startTestServer()
    const parts: Parts = [
      ['description', 'Chương 1'],
      ['folder', 'x'],
      ['courseId', 'physics'],
      ['file', pdf('x.pdf')],
    ]
    expect(recordOf(await upload(server, parts))).toMatchObject({ description: 'Chương 1', course_id: 'physics' })
  })

  it('FI10 unknown fields are ignored, also where there are many, up to a bound', async () => {
    await using server = await startTestServer()
    const unknown = (count: number): Parts =>
      Array.from({ length: count }, (_, at) => [['tags[]', `x${at}`, `x[${at}][y]`][at % 3] ?? '', 'y'] as const)
    const file = ['file', pdf('x.pdf')] as const
    const longest = ['description', 'ữ'.repeat(2000)] as const
    expect((await upload(server, [...unknown(90), file, ...place, longest])).status).toBe(201)
    expect((await upload(server, [...unknown(101), file, ...place])).error?.code).toBe('VALIDATION_FAILED')
  })

  const LIMIT = 10_485_760
  it('FI12 a category’s limit is exact to the byte', async () => {
    await using server = await startTestServer()
    const image = (bytes: number) => new File([PNG, Buffer.alloc(bytes - PNG.length)], 'x.png')
    expect((await upload(server, [['file', image(LIMIT)], ...place])).status).toBe(201)
    const answer = await upload(server, [['file', image(LIMIT + 1)], ...place])
    expect([answer.status, answer.error?.code]).toEqual([413, 'PAYLOAD_TOO_LARGE'])
    expect(await leftovers(server)).toEqual(NOTHING)
  })

  it('FI12 MAX_FILE_SIZE caps every file', async () => {
    await using server = await startTestServer({ env: { MAX_FILE_SIZE: '3000' } })
    expect((await upload(server, [['file', pdf('x.pdf', 3000)], ...place])).status).toBe(201)
    const answer = await upload(server, [['file', pdf('x.pdf', 3001)], ...place])
    expect([answer.status, answer.error?.code]).toEqual([413, 'PAYLOAD_TOO_LARGE'])
  })

  const big = (name: string) => new File([Buffer.alloc(50_000, '<html>')], name)
  const refused: [string, Parts, number, string][] = [
    ['no file', [...place], 400, 'VALIDATION_FAILED'],
    ['no folder', [['file', pdf('x.pdf')]], 400, 'VALIDATION_FAILED'],
    ['a file in another field', [['document', pdf('x.pdf')], ...place], 400, 'VALIDATION_FAILED'],
    ['two files', [['file', pdf('x.pdf')], ['file', pdf('y.pdf')], ...place], 400, 'VALIDATION_FAILED'],
    ['a field twice', [['file', pdf('x.pdf')], ...place, ...place], 400, 'VALIDATION_FAILED'],
    [
      'a field that is too long',
      [['file', pdf('x.pdf')], ...place, ['x', 'y'.repeat(20_000)]],
      400,
      'VALIDATION_FAILED',
    ],
    ['a file without an extension', [['file', pdf('x')], ...place], 415, 'UNSUPPORTED_FILE_TYPE'],
    ['an extension that is not taken', [['file', pdf('x.exe')], ...place], 415, 'UNSUPPORTED_FILE_TYPE'],
    ['content that is not what its extension says', [['file', big('x.pdf')], ...place], 415, 'UNSUPPORTED_FILE_TYPE'],
    ['an empty file', [['file', new File([], 'x.pdf')], ...place], 415, 'UNSUPPORTED_FILE_TYPE'],
    ['another category', [['file', pdf('x.pdf')], ['category', 'image'], ...place], 415, 'UNSUPPORTED_FILE_TYPE'],
    [
      'a course of strangers',
      [
        ['file', pdf('x.pdf')],
        ['folder', 'x'],
        ['course_id', 'maths'],
      ],
      404,
      'NOT_FOUND',
    ],
  ]
  it.each(refused)('FI13 %s is refused, and nothing stays', async (_what, parts, status, code) => {
    await using server = await startTestServer()
    const answer = await upload(server, parts)
    expect([answer.status, answer.error?.code]).toEqual([status, code])
    expect(await leftovers(server)).toEqual(NOTHING)
  })

  it('FI16 uploads at once pass the quota no more than others do, and each is told', async () => {
    await using server = await startTestServer({ env: { QUOTA_BYTES: '10000' } })
    const answers = await Promise.all(
      Array.from({ length: 8 }, (_, index) => upload(server, [['file', pdf(`${index}.pdf`, 3000)], ...place])),
    )
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(3)
    for (const { error } of answers.filter(({ status }) => status !== 201)) {
      expect(error).toMatchObject({ code: 'STORAGE_FULL', details: { reason: 'quota' } })
    }
    expect(await leftovers(server)).toEqual(NOTHING)
  })

  it('FI15 uploads are counted per person', async () => {
    await using server = await startTestServer({ env: { LIMIT_UPLOADS_PER_MIN: '2' } })
    const statuses: number[] = []
    for (let index = 0; index < 3; index++) {
      statuses.push((await upload(server, [['file', pdf('x.pdf')], ...place])).status)
    }
    expect(statuses).toEqual([201, 201, 429])
    expect((await upload(server, [['file', pdf('x.pdf')], ...place], 'binh')).status).toBe(201)
  })
})

describe('POST /files/upload/multiple', () => {
  it('FI14 one bad file does not undo the others', async () => {
    await using server = await startTestServer()
    const parts: Parts = [
      ['files', pdf('một.pdf')],
      ['files', new File(['MZ'], 'hai.exe')],
      ...place,
      ['files', new File([Buffer.alloc(90_000, '<p>')], 'ba.pdf')],
      ['files', pdf('bốn.pdf')],
    ]
    const answer = await uploadMany(server, parts)
    expect(answer.status).toBe(201)
    const { uploaded, failed } = uploadResult.parse(answer.data)
    expect(uploaded.map(({ filename }) => filename)).toEqual(['một.pdf', 'bốn.pdf'])
    expect(failed.map(({ original_name, error }) => [original_name, error.code])).toEqual([
      ['hai.exe', 'UNSUPPORTED_FILE_TYPE'],
      ['ba.pdf', 'UNSUPPORTED_FILE_TYPE'],
    ])
    expect(await leftovers(server)).toEqual(NOTHING)
  })

  it('FI14 where none is good, the first error is the answer', async () => {
    await using server = await startTestServer()
    const answer = await uploadMany(server, [['files', pdf('x.exe')], ['files', pdf('y')], ...place])
    expect([answer.status, answer.error?.code]).toEqual([415, 'UNSUPPORTED_FILE_TYPE'])
    expect(answer.error?.details).toEqual({ extension: '.exe' })
  })

  it('FI14 twenty files are taken, of twenty-one none', async () => {
    await using server = await startTestServer()
    const files = (count: number) =>
      Array.from({ length: count }, (_, index) => ['files', pdf(`${index}.pdf`)] as const)
    const refused = await uploadMany(server, [...place, ...files(21)])
    expect([refused.status, refused.error?.code]).toEqual([400, 'VALIDATION_FAILED'])
    expect(await leftovers(server)).toEqual(NOTHING)
    const taken = await uploadMany(server, [...place, ...files(20)])
    expect(uploadResult.parse(taken.data).uploaded).toHaveLength(20)
  })

  it('FI15 files of one form beyond the limit fail each for itself', async () => {
    await using server = await startTestServer({ env: { LIMIT_UPLOADS_PER_MIN: '2' } })
    const files = ['a.pdf', 'b.pdf', 'c.pdf'].map((name) => ['files', pdf(name)] as const)
    const { uploaded, failed } = uploadResult.parse((await uploadMany(server, [...files, ...place])).data)
    expect([uploaded.length, failed.map(({ error }) => error.code)]).toEqual([2, ['RATE_LIMITED']])
  })
})
