import { Buffer } from 'node:buffer'
import type { Bytes } from './bytes.ts'

/** Far more than headers have, also with pictures in them. */
const LONGEST_HEADER = 4_194_304
const GUID = 16
const SIZE = 8

const STREAM_PROPERTIES = Buffer.from('9107dcb7b7a9cf118ee600c00c205365', 'hex')
const VIDEO = Buffer.from('c0ef19bc4d5bcf11a8fd00805f5c442b', 'hex')

/** Whether one of its streams is video (“ASF Specification”, 3.3), or none is told: what is audio alone is WMA. */
export async function couldBeAsfVideo(bytes: Bytes): Promise<boolean> {
  const length = (await bytes.read(GUID, SIZE)).readBigUInt64LE(0)
  const header = await bytes.read(0, length > LONGEST_HEADER ? LONGEST_HEADER : Number(length))
  let streams = 0
  for (let at = header.indexOf(STREAM_PROPERTIES); at !== -1; at = header.indexOf(STREAM_PROPERTIES, at + 1)) {
    const type = at + GUID + SIZE
    if (header.subarray(type, type + GUID).equals(VIDEO)) return true
    streams++
  }
  return streams === 0
}
