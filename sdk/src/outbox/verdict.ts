import { LecternError } from '../errors.ts'
import type { OutboxState } from './outbox-entry.ts'

/** A server that is broken for this message stays so: it may not hold back all that come after it. */
const INTERNAL_TRIES = 5
const FIRST_MS = 250
const LONGEST_MS = 15_000

export type Verdict =
  /** It stays first, and is sent again after this long, or on the next connection. */
  | { readonly kind: 'again'; readonly afterMs: number }
  /** The server no longer knows this connection's person: nothing is sent before there is a new one. */
  | { readonly kind: 'new_connection' }
  | { readonly kind: 'failed'; readonly state: Extract<OutboxState, { kind: 'failed' }> }

/** How often an entry has been tried in vain. */
export interface Tries {
  readonly all: number
  /** With `INTERNAL` for an answer. */
  readonly internal: number
}

/** What becomes of an entry whose sending failed. */
export function verdictOf(thrown: unknown, tries: Tries, random: () => number): Verdict {
  const error = asLecternError(thrown)
  const { code, message } = error
  switch (code) {
    case 'UNAUTHENTICATED':
    case 'CLOSED':
      return { kind: 'new_connection' }
    case 'NETWORK':
    case 'TIMEOUT':
    case 'UNAVAILABLE':
    case 'RATE_LIMITED':
      return { kind: 'again', afterMs: delayOf(error, tries.all, random) }
    case 'INTERNAL':
      if (tries.internal < INTERNAL_TRIES) return { kind: 'again', afterMs: delayOf(error, tries.all, random) }
      return { kind: 'failed', state: { kind: 'failed', code, message } }
    default:
      return { kind: 'failed', state: { kind: 'failed', code, message } }
  }
}

export function asLecternError(thrown: unknown): LecternError {
  return thrown instanceof LecternError
    ? thrown
    : new LecternError('INTERNAL', 'It could not be sent.', { cause: thrown })
}

/** Never sooner than the server asked for; doubled at each try, with the upper half of it at random. */
function delayOf(error: LecternError, tries: number, random: () => number): number {
  const longest = Math.min(LONGEST_MS, FIRST_MS * 2 ** (tries - 1))
  return (error.retryAfterMs ?? 0) + longest * (0.5 + random() / 2)
}
