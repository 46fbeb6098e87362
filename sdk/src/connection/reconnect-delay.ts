export interface ReconnectPace {
  readonly minMs: number
  readonly maxMs: number
}

export const DEFAULT_PACE: ReconnectPace = { minMs: 500, maxMs: 20_000 }

/** The first tries already are spread over this many times `minMs`: everybody whom a restart threw out makes one. */
const SPREAD = 10

/**
 * Milliseconds until a try: anywhere between `minMs` and a bound that doubles with each try ("full jitter"), so that
 * clients which were thrown out together do not come back together.
 * @param attempt 1 for the first try after the loss
 * @param random 0 to 1
 */
export function reconnectDelay(attempt: number, { minMs, maxMs }: ReconnectPace, random: () => number): number {
  const bound = Math.min(maxMs, minMs * Math.max(SPREAD, 2 ** (attempt - 1)))
  return minMs + random() * Math.max(0, bound - minMs)
}

/** While the browser says that there is no network: it may be wrong, so a try is made now and then. */
export const offlineDelay = ({ maxMs }: ReconnectPace, random: () => number): number => maxMs * (0.5 + random() / 2)

/** After the browser says that there is a network again: soon, but a router's clients not all at once. */
export const wakeDelay = ({ minMs, maxMs }: ReconnectPace, random: () => number): number =>
  random() * Math.min(maxMs, minMs * 4)
