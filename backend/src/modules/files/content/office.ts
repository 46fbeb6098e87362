import { Buffer } from 'node:buffer'
import type { ZipFile } from 'yauzl'
import type { Bytes } from './bytes.ts'
import { namesInCompoundFile } from './compound-file.ts'
import { openZip } from './zip.ts'

export type OfficeFamily = 'word' | 'excel' | 'powerpoint'

/** The streams of [MS-DOC], [MS-XLS] (`Book` before Excel 97) and [MS-PPT]. */
const MAIN_STREAMS: Record<OfficeFamily, readonly string[]> = {
  word: ['WORDDOCUMENT'],
  excel: ['WORKBOOK', 'BOOK'],
  powerpoint: ['POWERPOINT DOCUMENT'],
}

/** ISO/IEC 29500-1, 11.3.10, 12.3.23 and 13.3.6: templates, slide shows and what bears macros have other types. */
const MAIN_TYPES: Record<OfficeFamily, string> = {
  word: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml',
  excel: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml',
  powerpoint: 'application/vnd.openxmlformats-officedocument.presentationml.presentation.main+xml',
}
/** Where everybody's programs put them, should the package not say. */
const MAIN_PARTS: Record<OfficeFamily, string> = {
  word: 'word/document.xml',
  excel: 'xl/workbook.xml',
  powerpoint: 'ppt/presentation.xml',
}
const MACROS = 'application/vnd.ms-office.vbaproject'

const CONTENT_TYPES = '[Content_Types].xml'
const MOST_PARTS = 20_000
const LONGEST_CONTENT_TYPES = 1_048_576

/** `.doc`, `.xls`, `.ppt`. */
export const isOldOffice =
  (family: OfficeFamily) =>
  async (bytes: Bytes): Promise<boolean> => {
    const names = await namesInCompoundFile(bytes)
    return MAIN_STREAMS[family].some((stream) => names.has(stream))
  }

/**
 * `.docx`, `.xlsx`, `.pptx`: by the content types that the package declares, and its main part being there. With a
 * password it is a compound file ([MS-OFFCRYPTO] 2.3), which tells nothing more. Macros under such a name are refused:
 * Office does not open it, and who means to send them can say so by the name.
 */
export const isOfficePackage =
  (family: OfficeFamily) =>
  async (bytes: Bytes): Promise<boolean> => {
    if ((await bytes.read(0, 2)).toString('latin1') !== 'PK') return isEncryptedPackage(bytes)
    const zip = await openZip(bytes)
    const declared = zip === undefined ? undefined : await readPackage(zip)
    if (declared === undefined || declared.types.some(({ type }) => type === MACROS)) return false
    const mains = declared.types.filter(({ type }) => type.endsWith('.main+xml'))
    if (mains.length === 0) return declared.parts.has(MAIN_PARTS[family])
    return mains.some(
      ({ type, part }) => type === MAIN_TYPES[family] && (part === undefined || declared.parts.has(part)),
    )
  }

async function isEncryptedPackage(bytes: Bytes): Promise<boolean> {
  const names = await namesInCompoundFile(bytes)
  return names.has('ENCRYPTIONINFO') && names.has('ENCRYPTEDPACKAGE')
}

interface DeclaredType {
  /** Lower case. */
  readonly type: string
  /** Of an override, lower case, without its leading slash; undefined for an extension's default. */
  readonly part: string | undefined
}

interface OfficePackage {
  readonly parts: ReadonlySet<string>
  readonly types: readonly DeclaredType[]
}

/** Part names are compared without case (ISO/IEC 29500-2, 6.2.2.3). Undefined for a ZIP that is no package, or broken. */
async function readPackage(zip: ZipFile): Promise<OfficePackage | undefined> {
  const parts = new Set<string>()
  let xml: string | undefined
  if (zip.entryCount > MOST_PARTS) return undefined
  try {
    for await (const entry of zip.eachEntry()) {
      parts.add(entry.fileName.toLowerCase())
      if (entry.fileName !== CONTENT_TYPES) continue
      if (xml !== undefined || entry.uncompressedSize > LONGEST_CONTENT_TYPES) return undefined
      const chunks: Uint8Array[] = await (await zip.openReadStreamPromise(entry)).toArray()
      xml = decoded(Buffer.concat(chunks))
    }
  } catch {
    return undefined
  }
  return xml === undefined ? undefined : { parts, types: declaredTypes(xml) }
}

const decoded = (bytes: Buffer): string =>
  bytes.readUInt16LE(0) === 0xfeff ? bytes.toString('utf16le') : bytes.toString('utf8')

function declaredTypes(xml: string): DeclaredType[] {
  const elements = xml.match(/<(?:\w+:)?(?:Override|Default)\s[^>]*>/g) ?? []
  return elements.map((element) => ({
    type: attribute(element, 'ContentType')?.toLowerCase() ?? '',
    part: attribute(element, 'PartName')?.toLowerCase().replace(/^\//, ''),
  }))
}

const attribute = (element: string, name: string): string | undefined =>
  new RegExp(`\\s${name}\\s*=\\s*(?:"([^"]*)"|'([^']*)')`)
    .exec(element)
    ?.slice(1)
    .find((value) => value !== undefined)
