import { buffer } from 'node:stream/consumers'
import { ZipFile } from 'yazl'

/** Of these contents, in this order. */
export async function zipOf(contents: Readonly<Record<string, string | Buffer>>): Promise<Buffer> {
  const zip = new ZipFile()
  for (const [name, content] of Object.entries(contents)) zip.addBuffer(Buffer.from(content), name)
  zip.end()
  return buffer(zip.outputStream)
}

export const WORD = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml'
export const EXCEL = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml'
export const POWERPOINT = 'application/vnd.openxmlformats-officedocument.presentationml.presentation.main+xml'

const PACKAGE = 'http://schemas.openxmlformats.org/package/2006/content-types'

/** An OOXML package, as far as its main part: `{ 'word/document.xml': WORD }`. */
export function officePackage(
  types: Readonly<Record<string, string>>,
  before: Readonly<Record<string, string | Buffer>> = {},
): Promise<Buffer> {
  const overrides = Object.entries(types).map(([part, type]) => `<Override PartName="/${part}" ContentType="${type}"/>`)
  const parts = Object.fromEntries(Object.keys(types).map((part) => [part, '<x/>']))
  const xml = `<?xml version="1.0"?><Types xmlns="${PACKAGE}"><Default Extension="xml" ContentType="application/xml"/>${overrides.join('')}</Types>`
  return zipOf({ ...before, '[Content_Types].xml': xml, ...parts })
}

/** One empty file in an archive; `ustar` or, without a magic, as `tar` of 1979 wrote it. */
export function tarOf(name: string, magic: 'ustar\x0000' | ''): Buffer {
  const header = Buffer.alloc(512)
  header.write(name)
  header.write('0000644\x000000000\x000000000\x0000000000000\x0000000000000\x00        0', 100, 'latin1')
  header.write(magic, 257, 'latin1')
  const sum = header.reduce((total, byte) => total + byte, 0)
  header.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148, 'latin1')
  return Buffer.concat([header, Buffer.alloc(1024)])
}
