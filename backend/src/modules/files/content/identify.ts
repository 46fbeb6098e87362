import { Buffer } from 'node:buffer'
import { categoryOf, extensionOf } from '@lectern/protocol'
import { AppError } from '../../../shared/errors.ts'
import type { FileKind } from '../files.records.types.ts'
import type { StagedFile } from '../upload/upload.types.ts'
import { withBytes } from './bytes.ts'
import { detectedType } from './detected-type.ts'
import { type Kind, kindOf } from './kinds.ts'
import { safeFilename } from './names.ts'

/**
 * Refuses what its first bytes rule out already, so that nobody sends half a gigabyte for nothing.
 * @param head the first 4,100 bytes, or all there are
 * @throws AppError `UNSUPPORTED_FILE_TYPE` with `details.extension`
 */
export function refuseEarly(head: Uint8Array, originalName: string): void {
  const { extension, kind } = claimed(originalName)
  if (head.length > 0 && !kind.opening(bufferOf(head))) throw disagreement(extension)
}

/**
 * What a file is: its extension says, and its bytes must agree.
 * @throws AppError `UNSUPPORTED_FILE_TYPE` with `details.extension`, and `details.detected`, a media type, where the bytes are of some other kind that is known
 */
export async function identify(staged: StagedFile, originalName: string): Promise<FileKind> {
  const { extension, category, kind } = claimed(originalName)
  if (staged.size === 0) throw unsupported(extension, 'The file is empty.')
  return withBytes(staged, async (bytes) => {
    const agrees = kind.opening(bufferOf(staged.head)) && (kind.confirm === undefined || (await kind.confirm(bytes)))
    if (!agrees) throw disagreement(extension, await detectedType(bytes))
    return { extension, mimeType: kind.mimeType, category }
  })
}

/** By the name that the file is going to have, so that what it is called and what it is cannot part. */
function claimed(originalName: string): Pick<FileKind, 'extension' | 'category'> & { readonly kind: Kind } {
  const filename = safeFilename(originalName)
  const extension = extensionOf(filename)
  const category = categoryOf(filename)
  const kind = kindOf(extension)
  if (kind !== undefined && category !== undefined) return { extension, category, kind }
  throw unsupported(
    extension,
    extension === '' ? 'A file needs an extension that says what it is.' : `Files of type ${extension} are not taken.`,
  )
}

function disagreement(extension: string, detected?: string): AppError {
  const message = `The content of this file is not what its extension ${extension} says.`
  return unsupported(extension, message, detected)
}

const unsupported = (extension: string, message: string, detected?: string): AppError =>
  new AppError('UNSUPPORTED_FILE_TYPE', message, { extension, ...(detected === undefined ? {} : { detected }) })

const bufferOf = (bytes: Uint8Array): Buffer => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
