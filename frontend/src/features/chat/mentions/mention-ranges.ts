import { LIMITS } from '@lectern/protocol'
import { beginsWord } from './mention-query.ts'

export interface Mentionable {
  readonly userId: string
  readonly userName: string
}

export interface MentionRange {
  /** `[start, end)` in UTF-16 units, the `@` included. */
  readonly start: number
  readonly end: number
  readonly userId: string
}

const GOES_ON = /^[\p{L}\p{N}\p{M}_]/u

const spellings = (name: string): string[] => [...new Set([name, name.normalize('NFC'), name.normalize('NFD')])]

interface Candidate extends Mentionable {
  readonly spellings: readonly string[]
}

const byLength = (people: readonly Mentionable[]): Candidate[] =>
  people
    .filter((person) => person.userName !== '')
    .map((person) => ({ ...person, spellings: spellings(person.userName) }))
    .toSorted((a, b) => b.userName.length - a.userName.length)

const nameAt = (text: string, at: number, candidate: Candidate): number | undefined => {
  const found = candidate.spellings.find((spelling) => text.startsWith(spelling, at))
  return found === undefined || GOES_ON.test(text.slice(at + found.length)) ? undefined : found.length
}

/**
 * Where a text says `@name` of whom; of two names the longer one: `@Lan Anh` is not Lan.
 * Of several people of one name each is taken once before any is taken again, in the order given.
 */
export const mentionRanges = (text: string, people: readonly Mentionable[]): MentionRange[] => {
  const candidates = byLength(people)
  const taken = new Map<string, number>()
  const ranges: MentionRange[] = []
  for (let start = text.indexOf('@'); start !== -1; start = text.indexOf('@', start + 1)) {
    if (!beginsWord(text, start)) continue
    const longest = candidates.find((person) => nameAt(text, start + 1, person) !== undefined)
    if (longest === undefined) continue
    const namesakes = candidates.filter((person) => person.userName === longest.userName)
    const person = namesakes.reduce((a, b) => ((taken.get(b.userId) ?? 0) < (taken.get(a.userId) ?? 0) ? b : a))
    taken.set(person.userId, (taken.get(person.userId) ?? 0) + 1)
    ranges.push({
      start,
      end: start + 1 + (nameAt(text, start + 1, person) ?? 0),
      userId: person.userId,
    })
  }
  return ranges
}

const withUniqueName = (people: readonly Mentionable[]): Mentionable[] => {
  const count = new Map<string, number>()
  for (const { userName } of people) count.set(userName, (count.get(userName) ?? 0) + 1)
  return people.filter((person) => count.get(person.userName) === 1)
}

/**
 * Who a message mentions: those chosen whose `@name` it still says, and whom it names without doubt though nobody was
 * chosen, since a draft and what was pasted say it too.
 */
export const mentionedIds = (
  text: string,
  chosen: readonly Mentionable[],
  members: readonly Mentionable[],
): string[] => {
  const chosenNames = new Set(chosen.map((person) => person.userName))
  const others = withUniqueName(members).filter((member) => !chosenNames.has(member.userName))
  const ids = mentionRanges(text, [...chosen, ...others]).map((range) => range.userId)
  return [...new Set(ids)].slice(0, LIMITS.mentions)
}
