const MARKS = /\p{M}/gu

/** Text as it is matched: without case and diacritics, `đ` as `d`, so that `dao tao` finds “Đào tạo”. */
export const fold = (text: string): string =>
  text.normalize('NFD').replaceAll(MARKS, '').toLowerCase().replaceAll('đ', 'd')

/** Whether every word of `query` begins a word of `text`, or stands in it whole. */
export function matches(text: string, query: string): boolean {
  const folded = fold(text)
  const words = fold(query).split(/\s+/).filter(Boolean)
  return words.every((word) => folded.includes(word))
}
