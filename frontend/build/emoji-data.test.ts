import { emoji } from '@lectern/protocol'
import { describe, expect, test } from 'vitest'
import { LANGUAGES } from '../src/locales/languages.ts'
import { emojiEntries } from './emoji-data.ts'

describe.each(LANGUAGES)("the picker's emoji in %s", (language) => {
  test('are each what the server takes, as they stand', async () => {
    const entries = await emojiEntries(language)
    const offered = entries.flatMap((entry) => [entry.emoji, ...(entry.skins ?? []).map((skin) => skin.emoji)])
    expect(offered.length).toBeGreaterThan(3000)
    expect(offered.filter((one) => emoji.safeParse(one).data !== one)).toEqual([])
  })

  test('are there once', async () => {
    const entries = await emojiEntries(language)
    expect(new Set(entries.map((entry) => entry.emoji)).size).toBe(entries.length)
  })
})

test('are found without diacritics', async () => {
  const entries = await emojiEntries('vi')
  expect(entries.find((entry) => entry.emoji === '❤️')?.tags).toContain('trai tim')
})
