import { Readable } from 'node:stream'
import { finished } from 'node:stream/promises'
import { extensionOf } from '@lectern/protocol'
import { ZipFile } from 'yazl'
import { AppError } from '../../../shared/errors.ts'
import type { Storage } from '../storage/storage.types.ts'
import type { ArchivedFile } from './serving.types.ts'

/** What else is taken is compressed already: deflating it costs time and gains nothing. */
const WORTH_COMPRESSING: ReadonlySet<string> = new Set(['.doc', '.xls', '.ppt', '.svg', '.tar', '.wav'])

/** No upload has this extension, so that no file of the folder has this name. */
const MISSING_FILES = 'missing-files.txt'

/** `-rw-r--r--`, of a regular file. */
const MODE = 0o100_644

export interface ArchiveOptions {
  readonly storage: Pick<Storage, 'get'>
  /** Epoch milliseconds. */
  readonly now: number
  /** Told of each file whose bytes were gone when its turn came. */
  readonly onMissing: (file: ArchivedFile) => void
  /** The form for more than 4 GiB or 65,535 files throughout, which otherwise stands only where it is needed. */
  readonly forceZip64?: boolean
}

/**
 * A ZIP as it is made: one file is read at a time, and no faster than the archive is taken; destroying it ends that. A
 * file that was deleted meanwhile is left out, and named in a text at the end.
 */
export function archiveOf(files: AsyncIterable<ArchivedFile>, options: ArchiveOptions): Readable {
  const zip = new ZipFile()
  const output = zip.outputStream
  if (!(output instanceof Readable)) throw new Error('yazl’s output is no stream of Node’s.')
  const fail = (error: Error) => void output.destroy(error)
  zip.on('error', fail)
  fill(zip, output, files, options).catch(fail)
  return output
}

async function fill(
  zip: ZipFile,
  output: Readable,
  files: AsyncIterable<ArchivedFile>,
  { storage, now, onMissing, forceZip64: forceZip64Format = false }: ArchiveOptions,
): Promise<void> {
  const missing: string[] = []
  const written = new Written(zip)
  for await (const file of files) {
    if (output.destroyed) return
    const bytes = await storage.get(file.id).catch(unlessUnavailable)
    if (bytes === undefined) {
      missing.push(file.filename)
      onMissing(file)
    } else {
      await add(zip, output, bytes, { ...file, forceZip64Format })
      written.stepAside()
    }
  }
  if (missing.length > 0) {
    const text = `Deleted while this archive was made:\n${missing.join('\n')}\n`
    zip.addBuffer(Buffer.from(text), MISSING_FILES, { mtime: new Date(now), mode: MODE })
  }
  written.comeBack()
  zip.end({ forceZip64Format, comment: '' })
}

/**
 * yazl looks for the entry whose turn it is from the first one on, at the end of each: of 100,000 files that costs a minute.
 * Those that are written step aside until it makes the directory of them.
 */
class Written {
  readonly #queue: unknown[]
  readonly #aside: unknown[] = []

  constructor(zip: ZipFile) {
    const queue: unknown = Reflect.get(zip, 'entries')
    if (!Array.isArray(queue)) throw new Error('yazl has another queue than it had.')
    this.#queue = queue
  }

  /** When the last one's bytes have been read: its turn came when all before it were written. */
  stepAside(): void {
    this.#aside.push(...this.#queue.splice(0, this.#queue.length - 1))
  }

  comeBack(): void {
    const last = this.#queue.splice(0)
    for (const entry of [...this.#aside, ...last]) this.#queue.push(entry)
  }
}

/** Resolves when the bytes have been read, or the archive is not wanted any more. @throws Error when they cannot be read, or are not as many as recorded */
async function add(
  zip: ZipFile,
  output: Readable,
  bytes: Readable,
  { filename, size, createdAt, forceZip64Format }: ArchivedFile & { readonly forceZip64Format: boolean },
): Promise<void> {
  const stop = () => void bytes.destroy()
  output.once('close', stop)
  try {
    // It may have been closed while they were opened.
    if (output.destroyed) return stop()
    const compress = WORTH_COMPRESSING.has(extensionOf(filename))
    zip.addReadStream(bytes, filename, { size, mtime: new Date(createdAt), mode: MODE, compress, forceZip64Format })
    await finished(bytes)
  } catch (error) {
    if (!output.destroyed) throw error
  } finally {
    output.off('close', stop)
  }
}

function unlessUnavailable(error: unknown): undefined {
  if (!(error instanceof AppError && error.code === 'UNAVAILABLE')) throw error
}
