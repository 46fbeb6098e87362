import type { Buffer } from 'node:buffer'
import type { Bytes } from './bytes.ts'
import { detectedType } from './detected-type.ts'

/** Two in a row happen by chance in a compressed stream of anything; four of one kind do not. */
const FRAMES = 4
const HEADER = 4
const ID3_HEADER = 10
/** Some encoders write zeros between the tag and the first frame. */
const LONGEST_PADDING = 65_536

/** Kilobits per second of MPEG-1 Layer III, ISO/IEC 11172-3 2.4.2.3, by the header's index; 0: “free” or forbidden. */
const MPEG1_RATES = [0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320, 0]
/** The same of MPEG-2 and 2.5 Layer III, ISO/IEC 13818-3 2.4.2.3. */
const MPEG2_RATES = [0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160, 0]
/** Hz of MPEG-1; MPEG-2 has half of it, 2.5 a quarter. */
const SAMPLING = [44_100, 48_000, 32_000]

interface Frame {
  /** Bytes, the header included. */
  readonly length: number
  /** Version, layer and sampling rate: the same in all frames of a file. */
  readonly kind: number
}

/** Whether a file that begins so can be MP3: a tag, silence before the first frame, or a frame. */
export function couldBeMpegAudio(head: Buffer): boolean {
  return head.toString('latin1', 0, 3) === 'ID3' || head[0] === 0 || frameAt(head) !== undefined
}

/**
 * Whether it is MP3: a frame of Layer III at its first byte; else several, behind zeros or an ID3v2 tag. Players look for
 * them behind whatever else is there, so that a tag is believed where what follows is not known to be of another kind.
 */
export async function isMpegAudio(bytes: Bytes): Promise<boolean> {
  if (frameAt(await bytes.read(0, HEADER)) !== undefined) return true
  const start = await endOfTag(bytes)
  if (await hasFrames(bytes, await firstFrame(bytes, start))) return true
  return start > 0 && (await detectedType(bytes, start)) === undefined
}

async function hasFrames(bytes: Bytes, first: number): Promise<boolean> {
  let at = first
  let kind: number | undefined
  for (let count = 0; count < FRAMES; count++) {
    const frame = frameAt(await bytes.read(at, HEADER))
    if (frame === undefined || (kind !== undefined && frame.kind !== kind)) return count > 0 && at >= bytes.size
    kind = frame.kind
    at += frame.length
  }
  return true
}

async function firstFrame(bytes: Bytes, start: number): Promise<number> {
  const padding = await bytes.read(start, LONGEST_PADDING)
  const zeros = padding.findIndex((byte) => byte !== 0)
  return start + Math.max(zeros, 0)
}

/** ID3v2 (id3.org): the size in four bytes of seven bits, without the header, and without the footer where flag 4 says there is one. */
async function endOfTag(bytes: Bytes): Promise<number> {
  const header = await bytes.read(0, ID3_HEADER)
  if (header.length < ID3_HEADER || header.toString('latin1', 0, 3) !== 'ID3') return 0
  const size = header.subarray(6, ID3_HEADER).reduce((sum, byte) => sum * 128 + (byte & 0x7f), 0)
  const footer = ((header[5] ?? 0) & 0x10) === 0 ? 0 : ID3_HEADER
  return ID3_HEADER + size + footer
}

function frameAt(header: Buffer): Frame | undefined {
  if (header.length < HEADER) return undefined
  const word = header.readUInt32BE(0)
  const version = (word >>> 19) & 3
  const rate = (version === 3 ? MPEG1_RATES : MPEG2_RATES)[(word >>> 12) & 15] ?? 0
  const sampling = SAMPLING[(word >>> 10) & 3]
  const isLayer3 = word >>> 21 === 0x7ff && version !== 1 && ((word >>> 17) & 3) === 1
  if (!isLayer3 || rate === 0 || sampling === undefined) return undefined
  const hertz = version === 3 ? sampling : version === 2 ? sampling / 2 : sampling / 4
  const samplesPerFrame = version === 3 ? 1152 : 576
  const length = Math.floor(((samplesPerFrame / 8) * rate * 1000) / hertz) + ((word >>> 9) & 1)
  return { length, kind: (word >>> 10) & 0x783 }
}
