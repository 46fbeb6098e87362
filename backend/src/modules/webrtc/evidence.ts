import { createHmac, createSecretKey, type KeyObject } from 'node:crypto'
import type { EvidenceEntry, EvidenceHead } from './evidence.types.ts'

/** No session has this id. Its log says which logs there are, so that one that is gone whole is missed. */
export const REGISTER = ''

/** Node checks bytes anew for each HMAC, which costs it several times what the HMAC does. */
export const evidenceKeyOf = (key: Uint8Array): KeyObject => createSecretKey(key)

/** What the first entry of a log follows. */
export const BEGINNING = ''

/**
 * Binds an entry to all before it. `previous` is hexadecimal or nothing and the entry begins with a brace, so that no two
 * pairs of them read alike.
 */
export function hashOf(key: KeyObject, previous: string, { session_id, entry, at, kind, data }: EvidenceEntry): string {
  return hmac(key, previous + JSON.stringify({ session: session_id, entry, at, kind, data }))
}

/** Begins with no hexadecimal digit: no seal is an entry's hash. */
export const sealOf = (key: KeyObject, { session_id, entries, hash }: EvidenceHead): string =>
  hmac(key, `head ${JSON.stringify({ session: session_id, entries, hash })}`)

const hmac = (key: KeyObject, text: string): string => createHmac('sha256', key).update(text).digest('hex')
