import type { ClientErrorCode, LecternError } from '../errors.ts'

/** A server that is broken for this file stays so. */
const INTERNAL_TRIES = 5
const FIRST_MS = 1_000
const LONGEST_MS = 30_000

/** The person can do something about it, and then try again. */
const CURABLE: ReadonlySet<ClientErrorCode> = new Set(['UNAUTHENTICATED', 'INTERNAL', 'STORAGE_FULL'])

/** How often it has failed since the server last took a part of it. */
export interface Failures {
  readonly all: number
  readonly internal: number
}

export const NO_FAILURES: Failures = { all: 0, internal: 0 }

export function oneMore({ all, internal }: Failures, { code }: LecternError): Failures {
  return { all: all + 1, internal: internal + (code === 'INTERNAL' ? 1 : 0) }
}

export type Verdict =
  | { readonly kind: 'again'; readonly afterMs: number }
  | { readonly kind: 'failed'; readonly retryable: boolean }

/** What becomes of an upload of which a try failed. @param failures this one included */
export function verdictOf(error: LecternError, failures: Failures, random: () => number): Verdict {
  const isPassing = error.shouldRetry() && (error.code !== 'INTERNAL' || failures.internal < INTERNAL_TRIES)
  if (!isPassing) return { kind: 'failed', retryable: CURABLE.has(error.code) }
  const longest = Math.min(LONGEST_MS, FIRST_MS * 2 ** (failures.all - 1))
  return { kind: 'again', afterMs: Math.max(error.retryAfterMs ?? 0, longest * (0.5 + random() / 2)) }
}
