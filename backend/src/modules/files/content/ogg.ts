import type { Buffer } from 'node:buffer'
import type { Bytes } from './bytes.ts'

const PAGE_HEADER = 27
/** Every stream's first page comes before all others (RFC 3533, 6): they are small and together. */
const BEGINNING = 65_536

/** Theora, Dirac, Daala, MNG; Xiph's and Tobias' own wrapping of whatever. */
const VIDEO = ['\x80theora', 'BBCD\0', '\x80daala', '\x8AMNG', '\x01video', 'OVP80']

/** Whether none of its streams is video: one of Theora beside makes it one. */
export async function isOggAudio(bytes: Bytes): Promise<boolean> {
  const streams = firstPackets(await bytes.read(0, BEGINNING))
  return !streams.some((packet) => VIDEO.some((codec) => packet.startsWith(codec)))
}

function firstPackets(beginning: Buffer): string[] {
  const packets: string[] = []
  let at = 0
  while (at + PAGE_HEADER <= beginning.length && beginsStream(beginning, at)) {
    const lengths = beginning.subarray(at + PAGE_HEADER, at + PAGE_HEADER + (beginning[at + 26] ?? 0))
    const start = at + PAGE_HEADER + lengths.length
    packets.push(beginning.toString('latin1', start, start + 8))
    at = start + lengths.reduce((sum, length) => sum + length, 0)
  }
  return packets
}

/** A page with the flag “beginning of stream”. */
const beginsStream = (bytes: Buffer, at: number): boolean =>
  bytes.toString('latin1', at, at + 4) === 'OggS' && ((bytes[at + 5] ?? 0) & 2) !== 0
