import { describe, expect, test } from 'vitest'
import { PendingDeletions, UNDO_MS } from './pending-deletions.ts'

/** The timers that wait, run by hand; what the port was told, in order. */
const rig = (remove: (id: string) => Promise<void> = async () => undefined) => {
  const timers = new Map<number, { callback: () => void; ms: number }>()
  const told: string[] = []
  let next = 0
  const deletions = new PendingDeletions({
    remove: (id) => {
      told.push(`remove ${id}`)
      return remove(id)
    },
    removeOnLeaving: (id) => told.push(`leaving ${id}`),
    failed: (id, error) => told.push(`failed ${id}: ${error instanceof Error ? error.message : ''}`),
    closed: (id) => told.push(`closed ${id}`),
    timer: {
      set: (callback, ms) => {
        next += 1
        timers.set(next, { callback, ms })
        return next
      },
      clear: (handle) => timers.delete(handle),
    },
  })
  const elapse = (): void => {
    for (const { callback } of [...timers.values()]) callback()
  }
  const settled = (): Promise<void> =>
    new Promise((resolve) => {
      const stop = deletions.subscribe(() => {
        stop()
        resolve()
      })
    })
  return { deletions, timers, told, elapse, settled }
}

const hidden = (deletions: PendingDeletions): string[] => [...deletions.getSnapshot()]

describe('a deletion', () => {
  test('hides at once, and is sent only when its time is over', async () => {
    const { deletions, timers, told, elapse, settled } = rig()
    deletions.add('a')
    expect(hidden(deletions)).toEqual(['a'])
    expect(told).toEqual([])
    expect([...timers.values()].map((timer) => timer.ms)).toEqual([UNDO_MS])
    const done = settled()
    elapse()
    expect(hidden(deletions)).toEqual(['a'])
    await done
    expect(hidden(deletions)).toEqual([])
    expect(told).toEqual(['closed a', 'remove a'])
  })

  test('undone it is never sent', () => {
    const { deletions, timers, told } = rig()
    deletions.add('a')
    deletions.undo('a')
    expect(hidden(deletions)).toEqual([])
    expect(timers.size).toBe(0)
    expect(told).toEqual(['closed a'])
    deletions.leave()
    expect(told).toEqual(['closed a'])
  })

  test('comes back when it fails, and says why', async () => {
    const { deletions, told, elapse, settled } = rig(() => Promise.reject(new Error('refused')))
    deletions.add('a')
    const done = settled()
    elapse()
    await done
    expect(hidden(deletions)).toEqual([])
    expect(told).toEqual(['closed a', 'remove a', 'failed a: refused'])
  })

  test('is sent on leaving, once, and what was sent is not sent again', async () => {
    const { deletions, told, elapse, settled } = rig()
    deletions.add('a')
    const done = settled()
    elapse()
    await done
    deletions.add('b')
    deletions.add('b')
    deletions.leave()
    deletions.leave()
    elapse()
    expect(told).toEqual(['closed a', 'remove a', 'closed b', 'leaving b'])
  })

  test('cannot be undone while it is on its way', async () => {
    const { deletions, elapse, settled } = rig()
    deletions.add('a')
    const done = settled()
    elapse()
    deletions.undo('a')
    expect(hidden(deletions)).toEqual(['a'])
    await done
  })
})
