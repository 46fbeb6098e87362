import { randomFillSync } from 'node:crypto'
import { v7 } from 'uuid'

const ID_BYTES = 16

/** Random bytes for so many ids at once: asking the system for each costs more than all else of an id. */
const pool = Buffer.alloc(256 * ID_BYTES)
let used = pool.length
let msecs = 0
let seq = 0

function random(): Buffer {
  if (used === pool.length) {
    randomFillSync(pool)
    used = 0
  }
  used += ID_BYTES
  return pool.subarray(used - ID_BYTES, used)
}

/** A UUIDv7 (RFC 9562): sorts by the time of its making, those of one millisecond (6.2, a counter seeded at random) as well. */
export function newId(): string {
  const bytes = random()
  const now = Date.now()
  // Half of the counter's range is left to count in.
  seq = now > msecs ? bytes.readUInt32BE() >>> 1 : seq + 1
  msecs = Math.max(now, msecs)
  return v7({ random: bytes, msecs, seq })
}
