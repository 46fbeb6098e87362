import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { Hashing } from './hashing.ts'

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex')

function startHashing(): Hashing & AsyncDisposable {
  const hashing = new Hashing()
  return Object.assign(hashing, { [Symbol.asyncDispose]: () => hashing.close() })
}

describe('Hashing', () => {
  it('takes bytes in the order of its calls, however many hashes run beside each other', async () => {
    await using hashing = startHashing()
    const texts = ['first', 'second', 'third']
    const digests = texts.map(async (text) => {
      const hash = hashing.start()
      await Promise.all([...text].map((letter) => hash.update(Buffer.from(letter))))
      return hash.digest()
    })
    expect(await Promise.all(digests)).toEqual(texts.map(sha256))
  })

  it('goes on with a copy from where the other was, each by itself', async () => {
    await using hashing = startHashing()
    const hash = hashing.start()
    await hash.update(Buffer.from('both '))
    const copy = hash.copy()
    await hash.update(Buffer.from('one'))
    await copy.update(Buffer.from('other'))
    expect(await Promise.all([hash.digest(), copy.digest()])).toEqual([sha256('both one'), sha256('both other')])
  })

  it('rejects what waits for a thread that ends, and what is asked of its hashes later', async () => {
    const hashing = new Hashing()
    const hash = hashing.start()
    const waiting = hash.update(Buffer.alloc(1_000_000))
    await Promise.all([hashing.close(), expect(waiting).rejects.toThrow('has ended')])
    await expect(hash.update(Buffer.from('more'))).rejects.toThrow('has ended')
    await expect(hash.digest()).rejects.toThrow('has ended')
  })

  it('fails at once, and not for ever, what the thread cannot do', async () => {
    await using hashing = startHashing()
    const hash = hashing.start()
    await hash.digest()
    await expect(hash.update(Buffer.from('after the end'))).rejects.toThrow('has ended')
    const next = hashing.start()
    await next.update(Buffer.from('anew'))
    expect(await next.digest()).toBe(sha256('anew'))
  })
})
