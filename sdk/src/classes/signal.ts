import { isObject } from '../wire-error.ts'

/**
 * Names the two `RTCPeerConnection`s of a pair, so that what was meant for one that is gone meanwhile is told apart. It
 * rides in the descriptions and candidates, whose dictionaries take what they do not know (Web IDL, 3.2.17): a client that
 * knows nothing of it passes it by, and names none.
 */
export interface PairNames {
  readonly from?: string
  /** Left out while it is not known, and by who begins anew. */
  readonly to?: string
}

export type Signal =
  | { readonly kind: 'offer' | 'answer'; readonly sdp: string; readonly names: PairNames }
  | { readonly kind: 'candidate'; readonly candidate: RTCIceCandidateInit; readonly names: PairNames }

type Wire = Readonly<Record<string, unknown>>

const FIELD = 'lectern'

export const withNames = <Body extends object>(body: Body, names: PairNames): Body & Wire => ({
  ...body,
  [FIELD]: names,
})

export function namesOf(body: Wire): PairNames {
  const names = body[FIELD]
  if (!isObject(names)) return {}
  const { from, to } = names
  return { ...(typeof from === 'string' && { from }), ...(typeof to === 'string' && { to }) }
}
