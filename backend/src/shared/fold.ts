/**
 * What makes two spellings the same to the search: canonical decomposition without its marks, without the stroke of
 * a letter that Unicode does not decompose, without case. `Đào tạo`, `ĐÀO TẠO` and `dao tao` fold alike, in NFC and NFD.
 *
 * Case goes down, up and down again, which is close to Unicode's full case folding: `ß` = `ss`, `ς` = `σ`, `İ` = `ı` = `i`.
 * Letters and digits fold to letters and digits alone, and nothing else does.
 * A word is a run of them; in scripts written without spaces that is a whole phrase, found by its beginning.
 */
export function fold(text: string): string {
  if (ASCII.test(text)) return text.toLowerCase()
  const bare = text.normalize('NFD').replace(MARKS, '').toLowerCase().toUpperCase().toLowerCase()
  return bare.replace(UNDECOMPOSED, (letter) => PLAIN[letter] ?? letter)
}

const ASCII = /^\p{ASCII}*$/u
const MARKS = /\p{M}+/gu
const WORDS = /[\p{L}\p{N}]+/gu
const RUNS = /[\p{L}\p{N}\p{M}]+/gu
const MARK = /^\p{M}$/u
const PLAIN: Record<string, string> = { đ: 'd', ð: 'd', ø: 'o', ł: 'l', ħ: 'h', ŧ: 't', ς: 'σ' }
const UNDECOMPOSED = /[đðøłħŧς]/g

/** The folded words of a text in their order. */
export const wordsOf = (text: string): string[] => fold(text).match(WORDS) ?? []

/** The folded words that a text must have, each at least as the beginning of one; a word that another one implies is left out. */
export function queryWords(query: string): string[] {
  const words = [...new Set(wordsOf(query))]
  return words.filter((word) => !words.some((other) => other !== word && other.startsWith(word)))
}

/** `[start, end)` in UTF-16 units of the text as written. */
export type Highlight = [start: number, end: number]

/** Where a text has the words of a query: of each of its words the longest beginning that was asked for. */
export function highlights(text: string, query: readonly string[]): Highlight[] {
  const found: Highlight[] = []
  for (const { 0: run, index } of text.matchAll(RUNS)) {
    const folded = fold(run)
    const matched = query.filter((prefix) => folded.startsWith(prefix)).map((prefix) => prefix.length)
    if (matched.length > 0) found.push(placed(run, index, Math.max(...matched)))
  }
  return found
}

/** Where in the text the first `length` folded units of a run come from: whole letters, with the marks behind the last one. */
function placed(run: string, offset: number, length: number): Highlight {
  let start: number | undefined
  let at = offset
  let folded = 0
  for (const character of run) {
    const isMark = MARK.test(character)
    if (folded >= length && !isMark) break
    if (!isMark) start ??= at
    at += character.length
    folded += fold(character).length
  }
  return [start ?? offset, at]
}
