import type { InClass } from '@lectern/client/classes'
import type { Participant } from '@lectern/protocol'

/** One thing that happened between two looks at a class; several people that did the same are one. */
export type News =
  | { readonly kind: 'joined' | 'left' | 'raised' | 'lowered'; readonly names: readonly string[] }
  | { readonly kind: 'muted' | 'unmuted'; readonly names: readonly string[] }
  | { readonly kind: 'sharing' | 'unsharing'; readonly names: readonly string[] }
  | { readonly kind: 'locked' | 'unlocked' }

/** What of a class is told. */
export interface Heard {
  readonly you: Participant
  readonly peers: readonly { readonly participant: Participant }[]
  readonly session: Pick<InClass['session'], 'locked'>
}

const named = (people: readonly Participant[]): string[] => people.map(({ displayName }) => displayName)

const byId = ({ peers }: Heard): ReadonlyMap<string, Participant> =>
  new Map(peers.map(({ participant }) => [participant.userId, participant]))

/** What others did, as it is at the end: who came and went again meanwhile is not told. One's own doings one knows. */
export function newsBetween(before: Heard, after: Heard): readonly News[] {
  const [old, now] = [byId(before), byId(after)]
  const stayed = [...now.values()].flatMap((person) => {
    const was = old.get(person.userId)
    return was === undefined ? [] : [{ was, is: person }]
  })
  const changed = (holds: (was: Participant, is: Participant) => boolean) =>
    named(stayed.filter(({ was, is }) => holds(was, is)).map(({ is }) => is))
  const people = [
    { kind: 'joined', names: named([...now.values()].filter(({ userId }) => !old.has(userId))) },
    { kind: 'left', names: named([...old.values()].filter(({ userId }) => !now.has(userId))) },
    { kind: 'raised', names: changed((was, is) => was.handRaisedAt === null && is.handRaisedAt !== null) },
    { kind: 'lowered', names: changed((was, is) => was.handRaisedAt !== null && is.handRaisedAt === null) },
    { kind: 'muted', names: changed((was, is) => was.audio && !is.audio) },
    { kind: 'unmuted', names: changed((was, is) => !was.audio && is.audio) },
    { kind: 'sharing', names: changed((was, is) => !was.screen && is.screen) },
    { kind: 'unsharing', names: changed((was, is) => was.screen && !is.screen) },
  ] as const
  const lock = before.session.locked === after.session.locked ? [] : [lockNews(after.session.locked)]
  return [...people.filter(({ names }) => names.length > 0), ...lock]
}

const lockNews = (locked: boolean): News => ({ kind: locked ? 'locked' : 'unlocked' })
