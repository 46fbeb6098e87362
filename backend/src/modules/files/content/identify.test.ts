import { gzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { EXCEL, officePackage, POWERPOINT, tarOf, WORD, zipOf } from '../../../../test/content/archives.ts'
import { compoundFile } from '../../../../test/content/compound-file.ts'
import { asfOf, ebmlOf, fragmented, id3Of, movie, mp3Of, oggOf, riffOf } from '../../../../test/content/media.ts'
import { picture, SVG } from '../../../../test/content/picture.ts'
import { identified } from '../../../../test/content/staged.ts'
import { refuseEarly } from './identify.ts'

type Content = Buffer | string | Promise<Buffer>

const refusal = expect.objectContaining({ code: 'UNSUPPORTED_FILE_TYPE' })
const PDF = '%PDF-1.7\n%%EOF'
const word = () => officePackage({ 'word/document.xml': WORD })
const excel = () => officePackage({ 'xl/workbook.xml': EXCEL })

describe('FI50 FI51: a file whose bytes agree with its name', () => {
  it.each<[name: string, mimeType: string, category: string, content: () => Content]>([
    ['a.pdf', 'application/pdf', 'document', () => PDF],
    ['a.doc', 'application/msword', 'document', () => compoundFile('1Table', 'WordDocument')],
    ['a.xls', 'application/vnd.ms-excel', 'document', () => compoundFile('Workbook')],
    ['a.xls', 'application/vnd.ms-excel', 'document', () => compoundFile('Book')],
    ['a.ppt', 'application/vnd.ms-powerpoint', 'document', () => compoundFile('PowerPoint Document', 'Pictures')],
    ['a.docx', 'application/vnd.openxmlformats-officedocument.wordprocessingml.document', 'document', word],
    ['a.xlsx', 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet', 'document', excel],
    [
      'a.pptx',
      'application/vnd.openxmlformats-officedocument.presentationml.presentation',
      'document',
      () => officePackage({ 'ppt/presentation.xml': POWERPOINT }),
    ],
    ['a.jpg', 'image/jpeg', 'image', () => picture('jpeg')],
    ['a.JPEG', 'image/jpeg', 'image', () => picture('jpeg')],
    ['a.png', 'image/png', 'image', () => picture('png')],
    ['a.gif', 'image/gif', 'image', () => picture('gif')],
    ['a.webp', 'image/webp', 'image', () => picture('webp')],
    ['a.svg', 'image/svg+xml', 'image', () => SVG],
    ['a.mp4', 'video/mp4', 'video', () => movie(['isom', 'iso2', 'mp41'], ['vide', 'soun'])],
    ['a.mp4', 'video/mp4', 'video', () => movie(['M4A ', 'mp42'], ['soun', 'vide'])],
    ['a.mp4', 'video/mp4', 'video', () => movie(['mp42', 'isom'], ['soun'])],
    ['a.mp4', 'video/mp4', 'video', () => fragmented(['iso5', 'dash'], ['vide', 'soun'])],
    ['a.avi', 'video/x-msvideo', 'video', () => riffOf('AVI ')],
    ['a.mov', 'video/quicktime', 'video', () => movie(['qt  ', 'qt  '], ['vide'])],
    ['a.mov', 'video/quicktime', 'video', () => movie([], ['vide'])],
    ['a.wmv', 'video/x-ms-wmv', 'video', () => asfOf('audio', 'video')],
    ['a.webm', 'video/webm', 'video', () => ebmlOf('webm')],
    ['a.mp3', 'audio/mpeg', 'audio', () => mp3Of(8)],
    ['a.wav', 'audio/wav', 'audio', () => riffOf('WAVE')],
    ['a.ogg', 'audio/ogg', 'audio', () => oggOf('\x01vorbis')],
    ['a.ogg', 'audio/ogg', 'audio', () => oggOf('fishead\0', 'OpusHead')],
    ['a.m4a', 'audio/mp4', 'audio', () => movie(['M4A ', 'mp42'], ['soun', 'vide'])],
    ['a.m4a', 'audio/mp4', 'audio', () => movie(['mp42', 'isom'], ['soun'])],
    ['a.zip', 'application/zip', 'archive', () => zipOf({ 'a.txt': 'a' })],
    ['a.zip', 'application/zip', 'archive', () => zipOf({})],
    ['a.rar', 'application/vnd.rar', 'archive', () => 'Rar!\x1A\x07\x01\0 and so on'],
    ['a.7z', 'application/x-7z-compressed', 'archive', () => Buffer.from('377abcaf271c0004', 'hex')],
    ['a.tar', 'application/x-tar', 'archive', () => tarOf('a.txt', 'ustar\x0000')],
    ['a.tar', 'application/x-tar', 'archive', () => tarOf('a.txt', '')],
    ['a.tar.gz', 'application/gzip', 'archive', () => gzipSync(tarOf('a.txt', ''))],
    ['a.gz', 'application/gzip', 'archive', () => gzipSync('a')],
  ])('is, as %s, %s', async (name, mimeType, category, content) => {
    const extension = name.slice(name.lastIndexOf('.')).toLowerCase()
    expect(await identified(await content(), name)).toEqual({ extension, mimeType, category })
  })

  it('is what the name says that it is going to have', async () => {
    expect(await identified(PDF, ' ../\u202Ereport.PDF. ')).toMatchObject({ extension: '.pdf' })
  })
})

describe('FI50 FI52 FI56: a file whose bytes disagree with its name', () => {
  it.each<[string, string, () => Content]>([
    ['HTML', 'a.png', () => '<!DOCTYPE html><script>alert(1)</script>'],
    ['HTML', 'a.pdf', () => '<html>%PDF-1.4'],
    ['a PDF behind something else', 'a.pdf', () => `\n${PDF}`],
    ['a PDF behind a byte order mark', 'a.pdf', () => `\uFEFF${PDF}`],
    ['a PNG', 'a.jpg', () => picture('png')],
    ['a JPEG', 'a.png', () => picture('jpeg')],
    ['a script', 'a.gif', () => 'alert(1)'],
    ['text', 'a.doc', () => 'plain'],
    ['RTF', 'a.doc', () => '{\\rtf1 x}'],
    ['Word', 'a.xls', () => compoundFile('WordDocument')],
    [
      'a sheet within a document',
      'a.xls',
      () => compoundFile('WordDocument', { name: 'ObjectPool', within: ['Workbook'] }),
    ],
    ['an installer', 'a.doc', () => compoundFile('!AdminExecuteSequence')],
    ['Word of today', 'a.doc', () => word()],
    ['Excel', 'a.docx', () => excel()],
    ['a plain ZIP', 'a.docx', () => zipOf({ 'word/document.xml': 'x' })],
    ['a document without its main part', 'a.docx', () => withoutMainPart()],
    ['a document with macros', 'a.docx', () => officePackage({ 'word/document.xml': MACRO_WORD })],
    [
      'a document with a project of macros',
      'a.docx',
      () => officePackage({ 'word/document.xml': WORD, 'word/v.bin': VBA }),
    ],
    ['old Word', 'a.docx', () => compoundFile('WordDocument')],
    ['MP4', 'a.mov', () => movie(['isom', 'mp42'], ['vide'])],
    ['QuickTime', 'a.mp4', () => movie(['qt  '], ['vide'])],
    ['a video', 'a.m4a', () => movie(['mp42', 'isom'], ['vide', 'soun'])],
    ['an M4A', 'a.mp4', () => movie(['M4A ', 'mp42', 'isom'], ['soun'])],
    ['an audio book', 'a.mp4', () => movie(['M4B ', 'mp42', 'isom'], ['soun', 'text'])],
    ['a fragmented M4A', 'a.mp4', () => fragmented(['M4A ', 'iso5'], ['soun'])],
    ['a photograph', 'a.mp4', () => movie(['heic', 'mif1', 'isom'], ['pict'])],
    ['Matroska', 'a.webm', () => ebmlOf('matroska')],
    ['Windows Media without video', 'a.wmv', () => asfOf('audio')],
    ['Ogg video', 'a.ogg', () => oggOf('\x01vorbis', '\x80theora')],
    ['a sync word by chance', 'a.mp3', () => Buffer.concat([Buffer.alloc(9), mp3Of(2), Buffer.alloc(4000, 0xaa)])],
    ['something else behind a tag', 'a.mp3', () => Buffer.concat([id3Of(100), Buffer.from('fLaC'.padEnd(4000))])],
    ['WAV', 'a.avi', () => riffOf('WAVE')],
    ['a program', 'a.zip', () => 'MZ\x90'],
    ['zeros', 'a.tar', () => Buffer.alloc(10_240)],
    ['a text of the length of a header', 'a.tar', () => 'a'.repeat(512)],
    ['compressed SVG', 'a.svg', () => gzipSync(SVG)],
  ])('is refused: %s as %s', async (_what, name, content) => {
    await expect(identified(await content(), name)).rejects.toThrow(refusal)
  })

  it('is told with its extension, and with what it is where that is known', async () => {
    const details = { extension: '.xls', detected: 'application/x-cfb' }
    await expect(identified(compoundFile('WordDocument'), 'a.xls')).rejects.toThrow(
      expect.objectContaining({ details }),
    )
  })
})

describe('FI56: a file that is not whole, or does not play', () => {
  it.each<[string, string, () => Content]>([
    ['an MP4 without its index', 'a.mp4', () => movie(['isom'], []).subarray(0, 2000)],
    ['an M4A without its index', 'a.m4a', () => movie(['M4A '], []).subarray(0, 2000)],
    ['a QuickTime film without its index', 'a.mov', () => movie(['qt  '], []).subarray(0, 2000)],
    ['a ZIP that is broken off', 'a.zip', async () => (await zipOf({ 'a.txt': 'x'.repeat(999) })).subarray(0, -20)],
    ['a ZIP with something behind', 'a.zip', async () => Buffer.concat([await zipOf({ a: 'a' }), Buffer.alloc(512)])],
    ['Windows Media of one packet', 'a.wmv', () => asfOf()],
    ['a PNG that was cut', 'a.png', () => picture('png').then((png) => png.subarray(0, 10))],
    ['an MP3 of a frame and damage', 'a.mp3', () => Buffer.concat([mp3Of(1), Buffer.alloc(4000, 0xaa)])],
    ['an MP3 with damage behind its tag', 'a.mp3', () => Buffer.concat([id3Of(9), Buffer.alloc(4000, 0xaa)])],
    ['Ogg of an old codec', 'a.ogg', () => oggOf('CELT    ')],
    ['a TAR whose header is damaged', 'a.tar', () => tarOf('a.txt', 'ustar\x0000').fill('y', 0, 3)],
    [
      'a document that says little of itself',
      'a.docx',
      () => zipOf({ '[Content_Types].xml': '<Types/>', 'word/document.xml': 'x' }),
    ],
  ])('is still of its kind: %s as %s', async (_what, name, content) => {
    expect(await identified(await content(), name)).toMatchObject({ extension: name.slice(1) })
  })
})

describe('FI57: a name', () => {
  const look = (name: string) => () => refuseEarly(new Uint8Array(), name)

  it.each(['a', 'a.exe', 'a.html', 'a.svgz', 'a.pdf/..', 'a.pdf.exe', 'a.constructor', ''])(
    'without an extension that is taken is refused before any byte: %j',
    (name) => expect(look(name)).toThrow(refusal),
  )

  it.each(['a.pdf', 'a.pdf. ', '/a.pdf/', 'a.exe.PDF', '.pdf'])('with one is not: %j', (name) => {
    expect(look(name)).not.toThrow()
  })
})

describe('FI57: an empty file', () => {
  it.each(['a.pdf', 'a.svg', 'a.mp3', 'a.zip'])('is refused: %s', async (name) => {
    await expect(identified('', name)).rejects.toThrow(refusal)
  })
})

describe('FI53: what the head does not tell', () => {
  it('is read from the directory: a document behind 20 KB of something else', async () => {
    const content = await officePackage(
      { 'word/document.xml': WORD },
      { 'docProps/thumbnail.emf': Buffer.alloc(20_480, 7) },
    )
    expect(await identified(content, 'a.docx')).toMatchObject({ extension: '.docx' })
  })

  it('is read behind a tag of any length: an MP3 with its cover', async () => {
    const content = Buffer.concat([id3Of(200_000), Buffer.alloc(300), mp3Of(8)])
    expect(await identified(content, 'a.mp3')).toMatchObject({ mimeType: 'audio/mpeg' })
  })

  it.each(['a.docx', 'a.xlsx', 'a.pptx'])('FI54: and a password hides: %s is taken by its name', async (name) => {
    const content = compoundFile('EncryptionInfo', 'EncryptedPackage')
    expect(await identified(content, name)).toMatchObject({ category: 'document' })
  })

  it('FI56: a ZIP of any kind is a ZIP', async () => {
    expect(await identified(await word(), 'a.zip')).toMatchObject({ mimeType: 'application/zip' })
  })

  it('a directory that goes round in circles ends', async () => {
    const content = compoundFile('One', 'Two')
    const [fat, siblingOfTwo] = [512 + 4, 1024 + 2 * 128 + 68]
    content.writeUInt32LE(1, fat)
    content.writeUInt32LE(1, siblingOfTwo)
    await expect(identified(content, 'a.doc')).rejects.toThrow(refusal)
  })
})

const MACRO_WORD = 'application/vnd.ms-word.document.macroEnabled.main+xml'
const VBA = 'application/vnd.ms-office.vbaProject'

const withoutMainPart = () =>
  zipOf({ '[Content_Types].xml': `<Types><Override PartName="/word/document.xml" ContentType="${WORD}"/></Types>` })
