/**
 * What the history keeps with an address `/join/CODE` for who has asked to be let in already, by registering with that
 * code. A link that somebody was sent comes without it.
 */
export const AGREED = { hasAgreedToJoin: true } as const

export const hasAgreed = (historyState: unknown): boolean =>
  typeof historyState === 'object' && historyState !== null && Reflect.get(historyState, 'hasAgreedToJoin') === true
