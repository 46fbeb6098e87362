import { parse } from 'content-disposition'
import { describe, expect, it } from 'vitest'
import { type FileFacts, LMS, startServingRig } from './serving-rig.ts'

const INERT = `sandbox; default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'self' ${LMS}`

const KINDS: Record<string, FileFacts> = {
  pdf: { mimeType: 'application/pdf', category: 'document' },
  png: { mimeType: 'image/png', category: 'image' },
  svg: { mimeType: 'image/svg+xml', category: 'image' },
  mp3: { mimeType: 'audio/mpeg', category: 'audio' },
  mp4: { mimeType: 'video/mp4', category: 'video' },
  zip: { mimeType: 'application/zip', category: 'archive' },
  docx: {
    mimeType: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
    category: 'document',
  },
}

describe('a file that is sent', () => {
  it.each([
    ['pdf', 'inline'],
    ['png', 'inline'],
    ['svg', 'inline'],
    ['mp3', 'inline'],
    ['mp4', 'inline'],
    ['zip', 'attachment'],
    ['docx', 'attachment'],
  ])('FI34: %s is viewed as %s, and always downloaded as an attachment', async (extension, disposition) => {
    await using rig = await startServingRig()
    const facts = KINDS[extension]
    const file = await rig.add('content', { ...facts, filename: `a.${extension}` })
    const [view, download] = [await rig.get('view', file), await rig.get('download', file)]
    expect(parse(view.headers.get('content-disposition') ?? '').type).toBe(disposition)
    expect(parse(download.headers.get('content-disposition') ?? '').type).toBe('attachment')
    for (const response of [view, download]) expect(response.headers.get('content-type')).toBe(facts?.mimeType)
  })

  it.each([['Bài giảng tuần 3.pdf'], ['Bài giảng tuần 3.pdf'.normalize('NFD')], ['a "b" 📚.pdf'], ['讲义.pdf']])(
    'FI35: is named by the NFC form of its original name (%s)',
    async (originalName) => {
      await using rig = await startServingRig()
      const response = await rig.get('download', await rig.add('content', { originalName }))
      const header = response.headers.get('content-disposition') ?? ''
      expect(header).toMatch(/^attachment; filename="?[\x20-\x7e]+"?; filename\*=UTF-8''/)
      expect(parse(header).parameters['filename']).toBe(originalName.normalize('NFC'))
    },
  )

  it.each(Object.keys(KINDS))(
    'FI36: %s may be embedded by the origins of ALLOWED_ORIGINS, is not sniffed, and kept by nobody between',
    async (extension) => {
      await using rig = await startServingRig()
      const response = await rig.get('view', await rig.add('content', KINDS[extension]))
      expect(Object.fromEntries(response.headers)).toMatchObject({
        'x-content-type-options': 'nosniff',
        'cross-origin-resource-policy': 'cross-origin',
        'cache-control': 'private, no-cache',
      })
      expect(response.headers.get('content-security-policy')).toMatch(`frame-ancestors 'self' ${LMS}`)
      expect(response.headers.get('x-frame-options')).toBeNull()
    },
  )

  it('FI37: runs no script where a browser would make a document of it', async () => {
    await using rig = await startServingRig()
    const policyOf = async (door: 'view' | 'download', extension: string) =>
      (
        await rig.get(door, await rig.add('content', { ...KINDS[extension], filename: `${door}.${extension}` }))
      ).headers.get('content-security-policy')
    expect(await policyOf('view', 'svg')).toBe(INERT)
    expect(await policyOf('download', 'svg')).toBe(INERT)
    expect(await policyOf('download', 'pdf')).toBe(INERT)
    expect(await policyOf('view', 'zip')).toBe(INERT)
    expect(await policyOf('view', 'png')).toMatch(/^default-src 'none'; /)
    expect(await policyOf('view', 'mp4')).toMatch(/^default-src 'none'; /)
  })
})

describe('where nginx stands in front', () => {
  const accelPrefix = '/_files'

  it('FI38: it is told which object to send, after access, conditions and range have been decided', async () => {
    await using rig = await startServingRig({ accelPrefix })
    const file = await rig.add('content')
    const told = await rig.get('view', file, { headers: { Range: 'bytes=0-1' } })
    expect(told.headers.get('x-accel-redirect')).toBe(`/_files/${file.id}`)
    expect([told.headers.get('etag'), await told.text()]).toEqual([`"${file.sha256}"`, ''])
    const beyond = await rig.get('view', file, { headers: { Range: 'bytes=7-' } })
    expect([beyond.status, beyond.headers.get('x-accel-redirect')]).toEqual([416, null])
    const known = await rig.get('view', file, { headers: { 'If-None-Match': `"${file.sha256}"` } })
    expect([known.status, known.headers.get('x-accel-redirect')]).toEqual([304, null])
  })

  it.each([
    ['what asks for headers alone', { method: 'HEAD' }],
    ['a condition that nginx would read its own way', { headers: { 'If-Match': '*' } }],
  ])('FI38: %s is answered here', async (_what, init) => {
    await using rig = await startServingRig({ accelPrefix })
    const response = await rig.get('download', await rig.add('content'), init)
    expect(response.headers.get('x-accel-redirect')).toBeNull()
    expect([response.status, response.headers.get('content-length')]).toEqual([200, '7'])
  })

  it('FI38: a store elsewhere sends its bytes through here', async () => {
    await using rig = await startServingRig({ accelPrefix, remote: true })
    const response = await rig.get('download', await rig.add('content'))
    expect([response.headers.get('x-accel-redirect'), await response.text()]).toEqual([null, 'content'])
  })
})
