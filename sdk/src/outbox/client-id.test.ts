import { afterEach, describe, expect, it, vi } from 'vitest'
import { createClientId } from './client-id.ts'

afterEach(() => vi.unstubAllGlobals())

describe('a client id', () => {
  it('is a UUID of version 4, each another', () => {
    const ids = Array.from({ length: 1000 }, createClientId)
    expect(new Set(ids).size).toBe(1000)
    for (const id of ids) expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
  })

  it('needs no secure origin', () => {
    vi.stubGlobal('crypto', { getRandomValues: (bytes: Uint8Array) => bytes.fill(0xff) })
    expect(createClientId()).toBe('ffffffff-ffff-4fff-bfff-ffffffffffff')
  })
})
