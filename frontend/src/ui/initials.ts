const graphemes = new Intl.Segmenter('und', { granularity: 'grapheme' })

const firstOf = (word: string): string => {
  for (const { segment } of graphemes.segment(word)) return segment.toUpperCase()
  return ''
}

/**
 * One or two letters for somebody: of the first word and the last. In Vietnamese these are the family name and the given
 * name, in English the other way round; what stands between and in brackets is left out.
 */
export function initialsOf(name: string): string {
  const bare = name.normalize('NFC').replaceAll(/[([{].*?[)\]}]/g, ' ')
  const words = bare.split(/[^\p{L}\p{N}\p{M}\p{Extended_Pictographic}\u200d]+/u).filter(Boolean)
  const [first, last] = [words[0], words.at(-1)]
  if (first === undefined || last === undefined) return '?'
  return words.length === 1 ? firstOf(first) : firstOf(first) + firstOf(last)
}
