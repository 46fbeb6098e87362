import { createHmac, timingSafeEqual } from 'node:crypto'
import { API_BASE } from '@lectern/protocol'

/** What a link says, all of it signed. */
export interface LinkFacts {
  /** Of the row that knows which file it opens. */
  readonly id: string
  /** Whole seconds since the epoch. */
  readonly expires: number
  readonly disposition: 'attachment' | 'inline'
}

export interface SignedLink extends LinkFacts {
  readonly signature: string
}

/** HMAC-SHA256 of what a link says, base64url. Neither an id nor a number bears the separator. */
export const signLink = (key: Uint8Array, { id, expires, disposition }: LinkFacts): string =>
  createHmac('sha256', key).update(`${id}\n${expires}\n${disposition}`).digest('base64url')

/** Whether the link is one of ours as it was made; not whether it is over. */
export function isSigned(key: Uint8Array, { signature, ...facts }: SignedLink): boolean {
  const [given, expected] = [Buffer.from(signature), Buffer.from(signLink(key, facts))]
  return given.length === expected.length && timingSafeEqual(given, expected)
}

export function linkUrl(publicUrl: string, { id, ...facts }: SignedLink): string {
  const query = new URLSearchParams({
    expires: String(facts.expires),
    disposition: facts.disposition,
    signature: facts.signature,
  })
  return `${publicUrl}${API_BASE}/files/signed-urls/${id}?${query}`
}
