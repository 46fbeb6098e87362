import { describe, expect, it } from 'vitest'
import { LOCKED, UploadLocks } from './tus-locks.ts'

const { signal } = new AbortController()
const ID = 'upload'

function startLocks() {
  const locks = new UploadLocks()
  const held: string[] = []
  /** Takes the lock, or fails to; whoever holds it is told apart by its name. */
  const take = async (name: string, { preempts = false, release = (): void => undefined } = {}) => {
    const lock = locks.locker(preempts).newLock(ID)
    await lock.lock(signal, release)
    held.push(name)
    return {
      end: async () => {
        held.splice(held.indexOf(name), 1)
        await lock.unlock()
      },
    }
  }
  return { take, held }
}

describe('FI26: of those that ask for an upload', () => {
  it('at once, one holds it', async () => {
    const { take, held } = startLocks()
    const [first, second] = await Promise.allSettled([take('a'), take('b')])
    expect([first.status, second]).toEqual(['fulfilled', { status: 'rejected', reason: LOCKED }])
    expect(held).toEqual(['a'])
  })

  it('and come first, one holds it at a time, however many one end has woken', async () => {
    const { take, held } = startLocks()
    const asked = Promise.withResolvers<void>()
    const writer = await take('writer', { release: asked.resolve })
    const most: number[] = []
    const waiting = ['a', 'b', 'c'].map(async (name) => {
      const holder = await take(name, { preempts: true })
      most.push(held.length)
      await new Promise(setImmediate)
      await holder.end()
    })
    await asked.promise
    await writer.end()
    await Promise.all(waiting)
    expect(most).toEqual([1, 1, 1])
  })
})
