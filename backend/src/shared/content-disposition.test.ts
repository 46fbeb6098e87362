import { parse } from 'content-disposition'
import { describe, expect, it } from 'vitest'
import { contentDisposition } from './content-disposition.ts'

/** As a browser that knows RFC 8187 reads it, and as one that does not. */
const read = (header: string) => ({
  name: parse(header).parameters['filename'],
  ascii: /filename=("[^"]*"|[^;]*)/.exec(header)?.[1]?.replaceAll('"', ''),
})

describe('Content-Disposition', () => {
  it.each([
    ['notes.pdf', 'notes.pdf', 'notes.pdf'],
    ['Bài giảng tuần 3.pdf', 'Bài giảng tuần 3.pdf', 'Bai giang tuan 3.pdf'],
    ['Đề thi đại số.docx', 'Đề thi đại số.docx', 'De thi dai so.docx'],
    ['said "hello".txt', 'said "hello".txt', 'said _hello_.txt'],
    ['100%41.zip', '100%41.zip', '100_41.zip'],
    ["it's; a=b, (c).png", "it's; a=b, (c).png", "it's; a=b, (c).png"],
    ['📚 sách.pdf', '📚 sách.pdf', '_ sach.pdf'],
    ['讲义.pdf', '讲义.pdf', '_.pdf'],
    ['€ rates.xlsx', '€ rates.xlsx', '_ rates.xlsx'],
  ])('gives %s back, with a likeness in ASCII', (name, whole, ascii) => {
    expect(read(contentDisposition('attachment', name))).toEqual({ name: whole, ascii })
  })

  it('bears `filename*` also where the name is ASCII', () => {
    expect(contentDisposition('attachment', 'notes (1).pdf')).toBe(
      'attachment; filename="notes (1).pdf"; filename*=UTF-8\'\'notes%20%281%29.pdf',
    )
  })

  it('bears the NFC form, however the name was written', () => {
    const name = 'Bài giảng.pdf'
    expect(contentDisposition('inline', name.normalize('NFD'))).toBe(contentDisposition('inline', name))
    expect(contentDisposition('inline', name)).toBe(
      'inline; filename="Bai giang.pdf"; filename*=UTF-8\'\'B%C3%A0i%20gi%E1%BA%A3ng.pdf',
    )
  })

  it.each([
    ['a\r\nSet-Cookie: x=1.pdf'],
    ['a\0.pdf'],
    ['../../etc/passwd'],
    ['..\\x.pdf'],
    ['\ud800.pdf'],
    ['a\u2028b'],
  ])('is one line of ASCII without separators, whatever the name holds (%j)', (name) => {
    const header = contentDisposition('attachment', name)
    expect(header).toMatch(/^[\x20-\x7e]+$/)
    expect(read(header).name).not.toMatch(/[/\\\p{Cc}\u202E]/u)
  })
})
