import type { Buffer } from 'node:buffer'
import type { Bytes } from './bytes.ts'

const PAGE_HEADER = 27
/** Every stream's first page comes before all others (RFC 3533, 6): they are small and together. */
const BEGINNING = 65_536

const AUDIO = ['\x01vorbis', 'OpusHead', 'Speex   ', '\x7FFLAC']
/** Ogg Skeleton: an index that belongs to neither. */
const NEUTRAL = ['fishead\0']

/** Whether its streams are audio alone: one of Theora beside makes it a video. */
export async function isOggAudio(bytes: Bytes): Promise<boolean> {
  const streams = firstPackets(await bytes.read(0, BEGINNING))
  const is = (packet: string, codecs: readonly string[]) => codecs.some((codec) => packet.startsWith(codec))
  return (
    streams.some((packet) => is(packet, AUDIO)) && streams.every((packet) => is(packet, AUDIO) || is(packet, NEUTRAL))
  )
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
