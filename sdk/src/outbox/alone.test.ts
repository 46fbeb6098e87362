import { afterEach, describe, expect, it, vi } from 'vitest'
import { alone } from './alone.ts'

const { signal } = new AbortController()
afterEach(() => vi.unstubAllGlobals())

describe('working alone', () => {
  it.each([
    ['are none', undefined],
    ['are forbidden', { request: () => Promise.reject(new DOMException('Denied.', 'SecurityError')) }],
  ])('begins at once where there %s locks', async (_where, locks) => {
    vi.stubGlobal('navigator', { locks })
    let times = 0
    await alone('name', signal, async () => void times++)
    expect(times).toBe(1)
  })

  it('lets a failure of the work out, and does it once', async () => {
    let times = 0
    const work = async () => {
      times++
      throw new Error('of the work')
    }
    await expect(alone('name', signal, work)).rejects.toThrow('of the work')
    expect(times).toBe(1)
  })
})
