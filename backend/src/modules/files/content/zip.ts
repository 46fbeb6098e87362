import { fromFdPromise, type ZipFile } from 'yauzl'
import type { Bytes } from './bytes.ts'

/**
 * The archive, by the directory at its end: what is broken off, or has something behind it, is none. Undefined where
 * there is no such directory; nothing is unpacked.
 */
export async function openZip(bytes: Bytes): Promise<ZipFile | undefined> {
  try {
    return await fromFdPromise(bytes.descriptor, { autoClose: false })
  } catch {
    return undefined
  }
}
