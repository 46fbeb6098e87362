import { expect, it } from 'vitest'
import { isEmojiOnly } from './emoji-only.ts'

it.each(['👍', '❤️', '❤', '👍🏽 🎉', '👩‍👩‍👧‍👦', '🇻🇳', '1️⃣', '🏴󠁧󠁢󠁥󠁮󠁧󠁿', '😀😀😀😀😀😀', '🙋🏻‍♀️'])(
  '%s is emoji alone',
  (text) => expect(isEmojiOnly(text)).toBe(true),
)

// Joined to nothing at the end: what is tried in two ways per emoji is tried for years.
it('is told at once, however long the emoji', () => {
  expect(isEmojiOnly('👨\u200D'.repeat(60))).toBe(false)
  expect(isEmojiOnly(`${'🏻'.repeat(90)}x`)).toBe(false)
  expect(isEmojiOnly(`👨${'\u200D👨🏻\uFE0F'.repeat(20)}!`)).toBe(false)
})

it.each(['', 'ok 👍', '1', '#', '12', '😀😀😀😀😀😀😀', '→', 'đ', '👍'.repeat(200)])('%s is not', (text) =>
  expect(isEmojiOnly(text)).toBe(false),
)
