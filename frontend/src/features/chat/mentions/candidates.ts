import { fold } from '../../../ui/fold.ts'
import type { Mentionable } from './mention-ranges.ts'
import { nameMatches } from './name-matches.ts'

export const MENTIONS_SHOWN = 8

/** What the server takes for everyone; it records the same word as the name. */
export const EVERYONE: Mentionable = { userId: 'all', userName: 'all' }

const rank = (person: Mentionable, query: string): number => {
  const name = fold(person.userName)
  const given = name.slice(name.lastIndexOf(' ') + 1)
  // A Vietnamese name is called by its last word.
  if (given.startsWith(query)) return 0
  return name.startsWith(query) ? 1 : 2
}

/** Whom the query may mean, the likeliest first, at most `MENTIONS_SHOWN`. */
export const candidatesFor = (query: string, people: readonly Mentionable[]): Mentionable[] => {
  const folded = fold(query)
  return people
    .filter((person) => nameMatches(person.userName, query))
    .map((person, index) => ({ person, index, rank: folded === '' ? 0 : rank(person, folded) }))
    .toSorted((a, b) => a.rank - b.rank || a.index - b.index)
    .slice(0, MENTIONS_SHOWN)
    .map(({ person }) => person)
}
