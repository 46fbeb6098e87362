import { describe, expect, it } from 'vitest'
import { arrange, nextFeatured, type Shown } from './arrangement.ts'

const at = (second: number) => `2026-11-29T08:00:${String(second).padStart(2, '0')}.000Z`
const peer = (userId: string, second: number, screen = false) => ({
  participant: { userId, joinedAt: at(second), screen },
})
const shown = (...peers: Shown['peers']): Shown => ({ you: { userId: 'me', joinedAt: at(5) }, peers })

describe('the stage', () => {
  it('has everybody in tiles, in the order of joining, oneself among them', () => {
    expect(arrange(shown(peer('an', 1), peer('binh', 9)), 'tiles', ['an'])).toEqual({
      large: undefined,
      tiles: ['an', 'me', 'binh'],
    })
  })

  it('has one person large in the speaker view, and the others in tiles', () => {
    expect(arrange(shown(peer('an', 1), peer('binh', 9)), 'speaker', ['binh'])).toEqual({
      large: { kind: 'person', userId: 'binh' },
      tiles: ['an', 'me'],
    })
  })

  it('has somebody else large while nobody has spoken, or when who spoke has left', () => {
    const large = { kind: 'person', userId: 'an' }
    expect(arrange(shown(peer('an', 9)), 'speaker', [undefined]).large).toEqual(large)
    expect(arrange(shown(peer('an', 9)), 'speaker', ['gone']).large).toEqual(large)
  })

  it('has who was pinned large whoever speaks, and who speaks once they have left', () => {
    const people = shown(peer('an', 1), peer('binh', 9))
    expect(arrange(people, 'speaker', ['binh', 'an']).large).toEqual({ kind: 'person', userId: 'binh' })
    expect(arrange(people, 'speaker', ['gone', 'an']).large).toEqual({ kind: 'person', userId: 'an' })
  })

  it('has one alone in a tile, whatever the view', () =>
    expect(arrange(shown(), 'speaker', [undefined])).toEqual({ large: undefined, tiles: ['me'] }))

  it('has a shared screen large, whatever the view, and everybody in tiles', () => {
    for (const view of ['tiles', 'speaker'] as const) {
      expect(arrange(shown(peer('an', 1, true), peer('binh', 9)), view, ['binh'])).toEqual({
        large: { kind: 'screen', userId: 'an' },
        tiles: ['an', 'me', 'binh'],
      })
    }
  })
})

describe('who is large', () => {
  it('is the loudest of the others', () => expect(nextFeatured(undefined, ['me', 'an', 'binh'], 'me')).toBe('an'))
  it('stays while they speak, and when nobody does', () => {
    expect(nextFeatured('binh', ['an', 'binh'], 'me')).toBe('binh')
    expect(nextFeatured('binh', [], 'me')).toBe('binh')
  })
  it('changes when only somebody else speaks, and never to oneself', () => {
    expect(nextFeatured('binh', ['an'], 'me')).toBe('an')
    expect(nextFeatured('binh', ['me'], 'me')).toBe('binh')
  })
})
