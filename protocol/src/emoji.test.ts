import { describe, expect, it } from 'vitest'
import { emoji } from './emoji.ts'

describe('CH30: a reaction is exactly one RGI emoji', () => {
  it.each([
    ['plain', '👍'],
    ['with a skin tone', '👍🏽'],
    ['a family joined by ZWJ', '👨‍👩‍👧‍👦'],
    ['a couple of two skin tones', '👩🏻‍❤️‍💋‍👨🏿'],
    ['a profession', '👩🏾‍🏫'],
    ['a flag of a country', '🇻🇳'],
    ['a flag of a region', '🏴󠁧󠁢󠁥󠁮󠁧󠁿'],
    ['the rainbow flag', '🏳️‍🌈'],
    ['a keycap', '1️⃣'],
    ['the keycap of #', '#️⃣'],
    ['a text symbol with the emoji selector', '❤️'],
  ])('takes one %s', (_, value) => expect(emoji.parse(value)).toBe(value))

  it('takes a symbol without its emoji selector as the same kind', () => expect(emoji.parse('❤')).toBe('❤️'))

  it.each([
    ['nothing', ''],
    ['a letter', 'a'],
    ['a digit', '1'],
    ['a digit with a selector', '1\ufe0f'],
    ['two emoji', '👍👍'],
    ['an emoji and a space', '👍 '],
    ['an emoji and a letter', '👍a'],
    ['half a flag', '🇻'],
    ['a pair of letters that is no country', '🇽🇽'],
    ['a skin tone on what has none', '🚗🏽'],
    ['a joiner at the end', '👩\u200d'],
    ['a joiner alone', '\u200d'],
    ['a selector alone', '\ufe0f'],
    ['half a surrogate pair', '\ud83d'],
    ['a short code', ':thumbsup:'],
    ['markup', '<b>'],
    ['a huge string', '👍'.repeat(200_000)],
  ])('refuses %s', (_, value) => expect(emoji.safeParse(value).success).toBe(false))
  it.each([null, 7, ['👍'], { toString: () => '👍' }])('refuses %j', (value) =>
    expect(emoji.safeParse(value).success).toBe(false),
  )
})
