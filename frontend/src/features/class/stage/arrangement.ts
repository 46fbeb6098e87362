import type { InClass } from '@lectern/client/classes'

export type View = 'tiles' | 'speaker'

/** What is shown large. */
export type Large =
  | { readonly kind: 'screen'; readonly userId: string }
  | { readonly kind: 'person'; readonly userId: string }

export interface Arrangement {
  /** Undefined: all are equal. */
  readonly large: Large | undefined
  /** User ids of those in tiles, in the order of joining. */
  readonly tiles: readonly string[]
}

/** What of a class its arrangement hangs on. */
export interface Shown {
  readonly you: Pick<InClass['you'], 'userId' | 'joinedAt'>
  readonly peers: readonly { readonly participant: Pick<InClass['you'], 'userId' | 'joinedAt' | 'screen'> }[]
}

const everyone = ({ you, peers }: Shown): string[] =>
  [you, ...peers.map(({ participant }) => participant)]
    .toSorted((one, other) => Date.parse(one.joinedAt) - Date.parse(other.joinedAt))
    .map(({ userId }) => userId)

/**
 * What goes where. A screen that somebody shares is large whatever the view; one's own is not, since one has it before
 * one's eyes. @param wanted in the speaker view the first of these who is there is large
 */
export function arrange(shown: Shown, view: View, wanted: readonly (string | undefined)[]): Arrangement {
  const people = everyone(shown)
  const sharer = shown.peers.find(({ participant }) => participant.screen)?.participant.userId
  if (sharer !== undefined) return { large: { kind: 'screen', userId: sharer }, tiles: people }
  if (view === 'tiles' || people.length === 1) return { large: undefined, tiles: people }
  const there = wanted.find((id) => id !== undefined && people.includes(id))
  const userId = there ?? firstOther(shown, people)
  return { large: { kind: 'person', userId }, tiles: people.filter((id) => id !== userId) }
}

const firstOther = ({ you }: Shown, people: readonly string[]): string =>
  people.find((id) => id !== you.userId) ?? you.userId

/**
 * Who is large next: the loudest of the others. It stays who it was while that person speaks too, and when nobody does,
 * so that the picture does not jump at each word.
 */
export function nextFeatured(
  before: string | undefined,
  speaking: readonly string[],
  youId: string,
): string | undefined {
  const others = speaking.filter((userId) => userId !== youId)
  if (others.length === 0 || (before !== undefined && others.includes(before))) return before
  return others[0]
}
