/** `up`: from the client to the server; `down`: back. */
export type Direction = 'up' | 'down'

/** How a connection ends, for both sides: `reset` as when a machine vanishes (RST), `end` as when a proxy closes (FIN). */
export type Cut = 'reset' | 'end'

/** What the network between the two is like. */
export interface Network {
  /** What passes is this much later, in either direction; its order stays. 0 when left out. */
  readonly delayMs?: number
  /** In each direction of each connection; unlimited when left out. */
  readonly bytesPerSecond?: number
  /** Nothing passes, not even an end, and connections stay open: a black hole. What was held back passes once it is over. */
  readonly silent?: boolean
}

/** Bytes on their way through one connection. */
export interface Passage {
  /** Counts from 1 in the order in which they were made. */
  readonly connection: number
  readonly direction: Direction
  readonly chunk: Buffer
}

/** How many bytes of the chunk still pass before the connection is cut; undefined: all of it passes, and nothing is cut. */
export type Verdict = { readonly passing: number; readonly cut: Cut } | undefined

/**
 * Asked for each chunk before it passes. Cutting `up` keeps from the server what it has not seen yet (before the commit);
 * cutting `down` keeps from the client what the server has answered already (after the commit).
 */
export type Rule = (passage: Passage) => Verdict
