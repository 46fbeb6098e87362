import { describe, expect, test } from 'vitest'
import { intended, ReactionIntents } from './reaction-intents.ts'

const reactions = [
  { emoji: '👍', count: 2, user_ids: ['me', 'other'] },
  { emoji: '🎉', count: 1, user_ids: ['me'] },
]

describe('reactions as they will be', () => {
  test('are the same without an intent, and with one that is true already', () => {
    expect(intended(reactions, new Map(), 'me')).toBe(reactions)
    expect(intended(reactions, new Map([['👍', true]]), 'me')).toEqual(reactions)
  })

  test("lose one's own, and with the last one their place", () => {
    expect(
      intended(
        reactions,
        new Map([
          ['👍', false],
          ['🎉', false],
        ]),
        'me',
      ),
    ).toEqual([{ emoji: '👍', count: 1, user_ids: ['other'] }])
  })

  test("gain one's own, a new kind at the end", () => {
    expect(
      intended(
        reactions,
        new Map([
          ['👍', true],
          ['😂', true],
        ]),
        'third',
      ),
    ).toEqual([
      { emoji: '👍', count: 3, user_ids: ['me', 'other', 'third'] },
      { emoji: '🎉', count: 1, user_ids: ['me'] },
      { emoji: '😂', count: 1, user_ids: ['third'] },
    ])
  })
})

describe('an intent', () => {
  test('lasts as long as its change, whether that succeeds or fails', async () => {
    const intents = new ReactionIntents()
    const done = intents.during('m', '👍', true, async () => {
      expect([...intents.of('m')]).toEqual([['👍', true]])
    })
    await done
    expect(intents.getSnapshot().size).toBe(0)
    await expect(intents.during('m', '👍', true, () => Promise.reject(new Error('no')))).rejects.toThrow('no')
    expect(intents.of('m').size).toBe(0)
  })

  test('leaves those of other emoji and messages alone', async () => {
    const intents = new ReactionIntents()
    const { promise, resolve } = Promise.withResolvers<void>()
    const slow = intents.during('m', '👍', true, () => promise)
    await intents.during('m', '🎉', false, async () => undefined)
    await intents.during('n', '👍', false, async () => undefined)
    expect([...intents.of('m')]).toEqual([['👍', true]])
    resolve()
    await slow
  })
})
