import { once } from 'node:events'
import { createWriteStream } from 'node:fs'

const PIECE = 1_048_576

/** EBML (RFC 8794) with the DocType `webm`, and a segment of unknown size: all that a WebM's beginning must have. */
const WEBM_HEAD = Buffer.from(
  '1a45dfa39f4286810142f7810142f2810442f381084282847765626d42878104428581021853806701ffffffffffffff',
  'hex',
)

/** A file of the largest category that the server takes, of bytes that do not repeat. */
export async function writeBigFile(path: string, size: number): Promise<void> {
  const file = createWriteStream(path)
  file.write(WEBM_HEAD)
  const piece = Buffer.alloc(PIECE)
  let left = size - WEBM_HEAD.length
  for (let number = 0; left > 0; number++) {
    for (let at = 0; at < PIECE; at += 4)
      piece.writeUInt32LE((Math.imul(number * PIECE + at, 2_654_435_761) >>> 0) % 2 ** 32, at)
    const part = Buffer.from(piece.subarray(0, Math.min(left, PIECE)))
    left -= part.length
    if (!file.write(part)) await once(file, 'drain')
  }
  file.end()
  await once(file, 'close')
}
