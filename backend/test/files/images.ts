import { crc32, deflateSync } from 'node:zlib'
import sharp from 'sharp'

const COLOURS = { background: { r: 40, g: 120, b: 200 }, channels: 3 } as const

/** A picture whose left half is red and whose right half is blue. */
export const picture = (width: number, height: number) =>
  sharp({ create: { width, height, ...COLOURS } }).composite([
    {
      input: { create: { width: width >> 1, height, channels: 3, background: { r: 220, g: 20, b: 20 } } },
      left: 0,
      top: 0,
    },
  ])

/** A PNG that says it is this large, and has no pixel of it. */
export function claimedPng(width: number, height: number): Buffer {
  const header = Buffer.alloc(13)
  header.writeUInt32BE(width, 0)
  header.writeUInt32BE(height, 4)
  header.set([8, 2, 0, 0, 0], 8)
  return Buffer.concat([
    Buffer.from('89504e470d0a1a0a', 'hex'),
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(Buffer.alloc(1024))),
    chunk('IEND', Buffer.alloc(0)),
  ])
}

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type), data])
  const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)]
  length.writeUInt32BE(data.length)
  sum.writeUInt32BE(crc32(body))
  return Buffer.concat([length, body, sum])
}
