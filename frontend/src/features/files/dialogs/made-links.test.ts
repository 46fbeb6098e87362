import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { forgetLink, keepLink, type MadeLink, madeLinks } from './made-links.ts'

const NOW = Date.parse('2026-11-22T12:00:00.000Z')
const link = (id: string, expiresAt = '2026-11-23T12:00:00.000Z'): MadeLink => ({ id, fileId: 'x', expiresAt })
let stored: Map<string, string>

beforeEach(() => {
  vi.useFakeTimers({ now: NOW })
  stored = new Map()
  vi.stubGlobal('localStorage', {
    getItem: (key: string) => stored.get(key) ?? null,
    setItem: (key: string, value: string) => stored.set(key, value),
    removeItem: (key: string) => stored.delete(key),
  })
})
afterEach(() => {
  vi.unstubAllGlobals()
  vi.useRealTimers()
})

describe('links that were made here', () => {
  it('are remembered by who made them, until they are ended', () => {
    keepLink('an', link('a'))
    keepLink('an', link('b'))
    expect(madeLinks('binh')).toEqual([])
    forgetLink('an', 'a')
    expect(madeLinks('an')).toEqual([link('b')])
    forgetLink('an', 'b')
    expect(stored.size).toBe(0)
  })

  it('are forgotten when their time is over', () => {
    keepLink('an', link('a', '2026-11-22T13:00:00.000Z'))
    expect(madeLinks('an')).toHaveLength(1)
    vi.setSystemTime('2026-11-22T13:00:00.000Z')
    expect(madeLinks('an')).toEqual([])
  })

  it.each(['{', '[1, null, {"id": 1}]', '"a"'])('are none where the storage holds %s', (held) => {
    stored.set('lectern.links.an', held)
    expect(madeLinks('an')).toEqual([])
  })
})
