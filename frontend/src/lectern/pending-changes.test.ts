import { describe, expect, test } from 'vitest'
import { PendingChanges, UNDO_MS } from './pending-changes.ts'

/** The timers that wait, run by hand; what was told, in order. */
const rig = (made: Promise<void> = Promise.resolve()) => {
  const timers = new Map<number, { callback: () => void; ms: number }>()
  const told: string[] = []
  let next = 0
  const changes = new PendingChanges({
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
  const add = (id: string, hides: readonly string[] = [id]): boolean =>
    changes.add({
      ...{ id, hides },
      make: () => {
        told.push(`make ${id}`)
        return made
      },
      makeOnLeaving: () => told.push(`leaving ${id}`),
    })
  const elapse = (): void => {
    for (const { callback } of [...timers.values()]) callback()
  }
  const settled = (): Promise<void> =>
    new Promise((resolve) => {
      const stop = changes.subscribe(() => {
        stop()
        resolve()
      })
    })
  const hidden = (): string[] => [...changes.getSnapshot()]
  return { changes, add, hidden, timers, told, elapse, settled }
}

describe('a change that can be undone', () => {
  test('hides at once, and is made only when its time is over', async () => {
    const { add, hidden, timers, told, elapse, settled } = rig()
    add('a')
    expect(hidden()).toEqual(['a'])
    expect(told).toEqual([])
    expect([...timers.values()].map((timer) => timer.ms)).toEqual([UNDO_MS])
    const done = settled()
    elapse()
    expect(hidden()).toEqual(['a'])
    await done
    expect(hidden()).toEqual([])
    expect(told).toEqual(['closed a', 'make a'])
  })

  test('undone it is never made', () => {
    const { changes, add, hidden, timers, told } = rig()
    add('a')
    changes.undo('a')
    expect(hidden()).toEqual([])
    expect(timers.size).toBe(0)
    changes.leave()
    expect(told).toEqual(['closed a'])
  })

  test('of several things hides all of them, and is made, and undone, once for all', () => {
    const { changes, add, hidden, told, elapse } = rig()
    add('three', ['a', 'b', 'c'])
    add('two', ['d', 'e'])
    expect(hidden()).toEqual(['a', 'b', 'c', 'd', 'e'])
    changes.undo('two')
    expect(hidden()).toEqual(['a', 'b', 'c'])
    elapse()
    expect(told).toEqual(['closed two', 'closed three', 'make three'])
  })

  test('of what is hidden already is none', () => {
    const { add, hidden } = rig()
    add('two', ['a', 'b'])
    expect(add('other', ['b', 'c'])).toBe(false)
    expect(hidden()).toEqual(['a', 'b'])
  })

  test('is made on leaving, once, and what was made is not made again', async () => {
    const { changes, add, told, elapse, settled } = rig()
    add('a')
    const done = settled()
    elapse()
    await done
    add('b')
    add('b')
    changes.leave()
    changes.leave()
    elapse()
    expect(told).toEqual(['closed a', 'make a', 'closed b', 'leaving b'])
  })

  test('cannot be undone while it is being made', async () => {
    const { promise, resolve } = Promise.withResolvers<void>()
    const { changes, add, hidden, elapse, settled } = rig(promise)
    add('a')
    elapse()
    changes.undo('a')
    expect(hidden()).toEqual(['a'])
    const done = settled()
    resolve()
    await done
    expect(hidden()).toEqual([])
  })
})
