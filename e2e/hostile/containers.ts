import { Buffer } from 'node:buffer'
import { crc32, deflateRawSync } from 'node:zlib'

export const latin1 = (text: string): Buffer<ArrayBuffer> => Buffer.from(text, 'latin1')

export function uint32be(value: number): Buffer<ArrayBuffer> {
  const bytes = Buffer.alloc(4)
  bytes.writeUInt32BE(value)
  return bytes
}

export function uint32le(value: number): Buffer<ArrayBuffer> {
  const bytes = Buffer.alloc(4)
  bytes.writeUInt32LE(value)
  return bytes
}

/** PNG's and, without its check sum, ISO media's unit. */
export function pngChunk(type: string, data: Buffer): Buffer<ArrayBuffer> {
  const named = Buffer.concat([latin1(type), data])
  return Buffer.concat([uint32be(data.length), named, uint32be(crc32(named))])
}

export function pngHeader(width: number, height: number): Buffer<ArrayBuffer> {
  const size = Buffer.concat([uint32be(width), uint32be(height), Buffer.from([8, 0, 0, 0, 0])])
  return Buffer.concat([latin1('\x89PNG\r\n\x1A\n'), pngChunk('IHDR', size)])
}

/** A grey pixel. */
export const PNG_PIXEL = pngChunk('IDAT', Buffer.from('789c6360000000020001', 'hex'))
export const PNG_END = pngChunk('IEND', Buffer.alloc(0))

/** Whole, with these chunks before its pixel. */
export const pngWith = (...chunks: readonly Buffer[]): Buffer<ArrayBuffer> =>
  Buffer.concat([pngHeader(1, 1), ...chunks, PNG_PIXEL, PNG_END])

export const box = (type: string, ...contents: readonly Buffer[]): Buffer<ArrayBuffer> =>
  Buffer.concat([uint32be(8 + Buffer.concat(contents).length), latin1(type), ...contents])

export const riffChunk = (type: string, data: Buffer): Buffer<ArrayBuffer> =>
  Buffer.concat([latin1(type), uint32le(data.length), data, Buffer.alloc(data.length % 2)])

export const riff = (form: string, ...chunks: readonly Buffer[]): Buffer<ArrayBuffer> =>
  riffChunk('RIFF', Buffer.concat([latin1(form), ...chunks]))

/** A JPEG of a pixel, as far as its tables; with this in its comment. */
export const jpegWith = (comment: Buffer): Buffer<ArrayBuffer> =>
  Buffer.concat([
    Buffer.from('ffd8fffe', 'hex'),
    Buffer.from([(comment.length + 2) >> 8, (comment.length + 2) & 0xff]),
    comment,
    Buffer.from('ffc0000b080001000101011100ffda0008010100003f00d2ffd9', 'hex'),
  ])

/** Of one black pixel. @param before a comment's bytes, at most 255 */
export const gifWith = (comment: Buffer): Buffer<ArrayBuffer> =>
  Buffer.concat([
    latin1('GIF89a\x01\0\x01\0\x80\0\0\0\0\0\xFF\xFF\xFF'),
    Buffer.from([0x21, 0xfe, comment.length]),
    comment,
    Buffer.from('002c00000000010001000002024401003b', 'hex'),
  ])

export interface ZipEntry {
  readonly name: string
  /** Deflated where `size` is given: what it inflates to. */
  readonly data: Buffer
  readonly size?: number
  /** Lies of the directory, where it differs. */
  readonly declaredSize?: number
}

/** @param comment behind the directory; @param repeats how often the directory lists each entry, all at the same place */
export function zipOf(entries: readonly ZipEntry[], comment = Buffer.alloc(0), repeats = 1): Buffer<ArrayBuffer> {
  const locals: Buffer[] = []
  const directory: Buffer[] = []
  let offset = 0
  for (const entry of entries) {
    const fields = zipFields(entry)
    const local = Buffer.concat([latin1('PK\x03\x04'), fields, Buffer.from(entry.name), entry.data])
    for (let count = 0; count < repeats; count++)
      directory.push(
        latin1('PK\x01\x02\x14\0'),
        fields,
        Buffer.alloc(10),
        Buffer.alloc(0),
        uint32le(offset),
        Buffer.from(entry.name),
      )
    locals.push(local)
    offset += local.length
  }
  const listed = Buffer.concat(directory)
  const end = Buffer.alloc(22)
  end.write('PK\x05\x06', 'latin1')
  end.writeUInt16LE(entries.length * repeats, 8)
  end.writeUInt16LE(entries.length * repeats, 10)
  end.writeUInt32LE(listed.length, 12)
  end.writeUInt32LE(offset, 16)
  end.writeUInt16LE(comment.length, 20)
  return Buffer.concat([...locals, listed, end, comment])
}

/** From the version to the lengths: the same in a local header and in the directory. */
function zipFields({ name, data, size, declaredSize }: ZipEntry): Buffer<ArrayBuffer> {
  const fields = Buffer.alloc(26)
  fields.writeUInt16LE(20, 0)
  fields.writeUInt16LE(size === undefined ? 0 : 8, 4)
  fields.writeUInt32LE(size === undefined ? crc32(data) : 0, 10)
  fields.writeUInt32LE(data.length, 14)
  fields.writeUInt32LE(declaredSize ?? size ?? data.length, 18)
  fields.writeUInt16LE(Buffer.byteLength(name), 22)
  return fields
}

export const stored = (name: string, text: string | Buffer): ZipEntry => ({ name, data: Buffer.from(text) })

export const deflated = (name: string, text: string | Buffer): ZipEntry => {
  const data = Buffer.from(text)
  return { name, data: deflateRawSync(data), size: data.length }
}

const CONTENT_TYPES = 'http://schemas.openxmlformats.org/package/2006/content-types'
const OFFICE = 'application/vnd.openxmlformats-officedocument'

export const OFFICE_PARTS = {
  '.docx': ['word/document.xml', `${OFFICE}.wordprocessingml.document.main+xml`],
  '.xlsx': ['xl/workbook.xml', `${OFFICE}.spreadsheetml.sheet.main+xml`],
  '.pptx': ['ppt/presentation.xml', `${OFFICE}.presentationml.presentation.main+xml`],
} as const

/** A package whose main part is this. */
export function officeEntries(extension: keyof typeof OFFICE_PARTS, main: string): ZipEntry[] {
  const [part, type] = OFFICE_PARTS[extension]
  const types = `<Types xmlns="${CONTENT_TYPES}"><Override PartName="/${part}" ContentType="${type}"/></Types>`
  return [stored('[Content_Types].xml', types), stored(part, main)]
}

/** A compound file whose root holds one empty stream; this text fills the sector behind it. */
export function compoundFile(stream: string, text: string): Buffer<ArrayBuffer> {
  const file = Buffer.alloc(2048, 0)
  file.write('d0cf11e0a1b11ae1', 'hex')
  file.writeUInt16LE(3, 26)
  file.writeUInt16LE(0xfffe, 28)
  file.writeUInt16LE(9, 30)
  file.writeUInt32LE(1, 44)
  file.writeUInt32LE(1, 48)
  file.writeUInt32LE(0xfffffffe, 68)
  file.fill(0xff, 76, 512)
  file.writeUInt32LE(0, 76)
  file.fill(0xff, 512, 1024)
  file.writeUInt32LE(0xfffffffe, 516)
  writeEntry(file, 1024, 'Root Entry', 1)
  writeEntry(file, 1152, stream, 0xffffffff)
  file.write(text, 1536)
  return file
}

function writeEntry(file: Buffer, at: number, name: string, child: number): void {
  file.write(name, at, 'utf16le')
  file.writeUInt16LE((name.length + 1) * 2, at + 64)
  file.fill(0xff, at + 68, at + 76)
  file.writeUInt32LE(child, at + 76)
}
