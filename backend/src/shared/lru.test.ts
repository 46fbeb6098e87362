import { describe, expect, it } from 'vitest'
import { Lru } from './lru.ts'

describe('an LRU map', () => {
  it('forgets what was used longest ago', () => {
    const lru = new Lru<number>(2)
    lru.set('a', 1)
    lru.set('b', 2)
    lru.get('a')
    lru.set('c', 3)
    expect([lru.get('a'), lru.get('b'), lru.get('c')]).toEqual([1, undefined, 3])
  })

  it('counts weights, also of an entry that is set again', () => {
    const lru = new Lru<string>(10)
    lru.set('a', 'small', 2)
    lru.set('b', 'large', 8)
    lru.set('a', 'larger', 3)
    expect([lru.get('a'), lru.get('b'), lru.size]).toEqual(['larger', undefined, 1])
  })

  it('keeps nothing that alone is over the capacity, and drops what stood there', () => {
    const lru = new Lru<string>(10)
    lru.set('a', 'small', 1)
    lru.set('a', 'huge', 11)
    expect([lru.get('a'), lru.size]).toEqual([undefined, 0])
  })
})
