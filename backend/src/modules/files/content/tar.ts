import type { Buffer } from 'node:buffer'

const BLOCK = 512
const CHECKSUM_START = 148
const CHECKSUM_END = 156
const MAGIC = 'ustar'
const MAGIC_START = 257

/**
 * Whether a file begins with the header of an archive's first entry. The oldest archives (v7) have no magic: the
 * checksum is in all.
 */
export function isTarHeader(head: Buffer): boolean {
  if (head.length < BLOCK || head[0] === 0) return false
  if (head.toString('latin1', MAGIC_START, MAGIC_START + MAGIC.length) === MAGIC) return true
  const stored = octal(head.toString('latin1', CHECKSUM_START, CHECKSUM_END))
  return stored !== undefined && sums(head.subarray(0, BLOCK)).includes(stored)
}

function octal(field: string): number | undefined {
  const digits = /^ *([0-7]+)[ \0]*$/.exec(field)?.[1]
  return digits === undefined ? undefined : Number.parseInt(digits, 8)
}

/** With the checksum's own field as spaces. Some old programs summed signed bytes. */
function sums(header: Buffer): [unsigned: number, signed: number] {
  let unsigned = 0
  let signed = 0
  header.forEach((byte, index) => {
    const value = index >= CHECKSUM_START && index < CHECKSUM_END ? 0x20 : byte
    unsigned += value
    signed += value > 127 ? value - 256 : value
  })
  return [unsigned, signed]
}
