import { LecternError } from '../errors.ts'

const TRIES = 3
const FIRST_MS = 300
/** Who asks to wait longer tells the person, rather than keeping them waiting. */
const LONGEST_MS = 5_000

/**
 * How long to wait before a request that changes nothing is made again, in milliseconds.
 * @param tries how many have failed
 * @returns undefined: not again
 */
export function retryDelay(error: unknown, tries: number, random: () => number): number | undefined {
  if (!(error instanceof LecternError) || tries >= TRIES) return undefined
  const { code, retryAfterMs } = error
  const isPassing =
    code === 'NETWORK' || code === 'UNAVAILABLE' || (code === 'RATE_LIMITED' && retryAfterMs !== undefined)
  if (!isPassing) return undefined
  const delay = (retryAfterMs ?? 0) + FIRST_MS * 2 ** (tries - 1) * random()
  return delay <= LONGEST_MS ? delay : undefined
}
