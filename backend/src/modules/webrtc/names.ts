import { fold } from '../../shared/fold.ts'

/**
 * What makes two names look alike: without case, marks, spaces and punctuation, and with letters of other alphabets as
 * the Latin ones that they resemble (a choice of Unicode's confusables, UTS #39, of whole small letters).
 */
export function nameKey(name: string): string {
  const folded = fold(name.normalize('NFKC')).replace(/[^\p{L}\p{N}]/gu, '')
  return folded.replace(ALIKE, (letter) => LATIN.get(letter) ?? letter)
}

const ROWS: readonly (readonly [string, string])[] = [
  ['a', 'аαɑ'],
  ['b', 'ьƅ'],
  ['c', 'сϲ'],
  ['d', 'ԁɗ'],
  ['e', 'еєε'],
  ['g', 'ɡ'],
  ['h', 'һնн'],
  ['j', 'јϳ'],
  ['k', 'кκ'],
  ['l', 'i1ıɩіιӏ'],
  ['m', 'м'],
  ['n', 'ոп'],
  ['o', '0оοσօ'],
  ['p', 'рρ'],
  ['q', 'ԛգ'],
  ['s', 'ѕ5'],
  ['t', 'тτ'],
  ['u', 'υսц'],
  ['v', 'νѵ'],
  ['w', 'ԝωш'],
  ['x', 'хχ'],
  ['y', 'уγү'],
  ['z', 'ʐ'],
]

const LATIN = new Map(ROWS.flatMap(([latin, alike]) => [...alike].map((letter) => [letter, latin] as const)))
const ALIKE = new RegExp(`[${[...LATIN.keys()].join('')}]`, 'gu')
