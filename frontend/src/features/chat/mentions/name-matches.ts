import { fold } from '../../../ui/fold.ts'

const WORDS = /[\p{L}\p{N}]+/gu

/** Whether `query`, as far as it is typed, begins at any word of the name: `thi l` finds “Nguyễn Thị Lan”. */
export const nameMatches = (name: string, query: string): boolean => {
  const sought = fold(query).replace(/\s+/g, ' ')
  if (sought === '') return true
  const words: string[] = fold(name).match(WORDS) ?? []
  return words.some((_, index) => words.slice(index).join(' ').startsWith(sought))
}
