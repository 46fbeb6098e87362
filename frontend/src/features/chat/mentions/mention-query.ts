/** Longer than any name that is still being looked for: what follows such an `@` is a sentence. */
const LONGEST_QUERY = 60

export interface MentionQuery {
  /** Where the `@` stands, in UTF-16 units. */
  readonly start: number
  /** What is typed behind it, up to the caret. */
  readonly text: string
}

const PART_OF_WORD = /[\p{L}\p{N}\p{M}_.]/u

/** The character that ends right before `index`, whole even where it is a surrogate pair. */
const characterBefore = (text: string, index: number): string =>
  [...text.slice(Math.max(0, index - 2), index)].at(-1) ?? ''

/** An `@` inside a word is an address or a price, not a mention. */
export const beginsWord = (text: string, index: number): boolean => !PART_OF_WORD.test(characterBefore(text, index))

/** The mention that is being typed at the caret. */
export const queryAt = (text: string, caret: number): MentionQuery | undefined => {
  const start = text.lastIndexOf('@', caret - 1)
  if (caret === 0 || start === -1 || caret - start > LONGEST_QUERY || !beginsWord(text, start)) return undefined
  const typed = text.slice(start + 1, caret)
  return /[\n\t]|^\s/.test(typed) ? undefined : { start, text: typed }
}
