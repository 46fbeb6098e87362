import type { Bytes } from './bytes.ts'

/** What `file-type` is made for: telling a kind from so many bytes. */
const HEAD = 4100

/** What file-type takes the bytes from there on for: some hundred kinds, far more than are taken here. */
export async function detectedType(bytes: Bytes, start = 0): Promise<string | undefined> {
  const { fileTypeFromBuffer } = await import('file-type')
  // A parser that stumbles over bytes made for it has not recognised them.
  const found = await fileTypeFromBuffer(await bytes.read(start, HEAD)).catch(() => undefined)
  return found?.mime
}
