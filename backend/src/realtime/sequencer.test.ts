import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { type LogPage, type Position, Sequencer } from './sequencer.ts'

interface Change {
  readonly rev: number
  readonly seq: number
}

const change = (rev: number): Change => ({ rev, seq: rev })

/** A log on disk, and a sequencer that reads it. */
function rig({ position = { rev: 0, seq: 0 }, stored = [] as Change[], pageSize = 500 } = {}) {
  const delivered: number[] = []
  const reads: number[] = []
  const errors: unknown[] = []
  const disk = { stored, fails: false }
  const sequencer = new Sequencer<Change>({
    position: async (): Promise<Position> => position,
    since: async (rev): Promise<LogPage<Change>> => {
      reads.push(rev)
      if (disk.fails) throw new Error('disk')
      const after = disk.stored.filter((entry) => entry.rev > rev)
      return { entries: after.slice(0, pageSize), more: after.length > pageSize }
    },
    deliver: (entry) => delivered.push(entry.rev),
    failed: (error) => errors.push(error),
  })
  return { sequencer, delivered, reads, errors, disk }
}

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
})

describe('a course’s changes are handed out in the order of rev', () => {
  it('whatever order they come in', async () => {
    const { sequencer, delivered } = rig()
    await sequencer.open()
    for (const rev of [2, 3, 1, 5, 4]) sequencer.push(change(rev))
    expect(delivered).toEqual([1, 2, 3, 4, 5])
  })

  it('each once, however often it comes', async () => {
    const { sequencer, delivered } = rig()
    await sequencer.open()
    for (const rev of [1, 1, 2, 1, 2, 3, 3]) sequencer.push(change(rev))
    expect(delivered).toEqual([1, 2, 3])
  })

  it('from the position on disk on, also those that came while it was read', async () => {
    const { sequencer, delivered } = rig({ position: { rev: 10, seq: 7 } })
    const opened = sequencer.open()
    for (const rev of [9, 10, 11, 12]) sequencer.push(change(rev))
    await opened
    expect(delivered).toEqual([11, 12])
    expect(sequencer.position.rev).toBe(12)
  })
})

describe('a rev that is missing', () => {
  it('is read from the log after 200 ms', async () => {
    const { sequencer, delivered, disk, reads } = rig()
    await sequencer.open()
    disk.stored = [change(1), change(2), change(3)]
    sequencer.push(change(3))
    expect(delivered).toEqual([])
    await vi.advanceTimersByTimeAsync(199)
    expect(reads).toEqual([])
    await vi.advanceTimersByTimeAsync(1)
    expect(delivered).toEqual([1, 2, 3])
  })

  it('is no gap once a later change of the same message has come', async () => {
    const { sequencer, delivered, disk } = rig()
    await sequencer.open()
    disk.stored = [{ rev: 3, seq: 1 }]
    sequencer.push({ rev: 3, seq: 1 })
    await vi.advanceTimersByTimeAsync(200)
    expect(delivered).toEqual([3])
    sequencer.push({ rev: 4, seq: 2 })
    expect(delivered).toEqual([3, 4])
  })

  it('is read in pages, with what comes meanwhile in its place', async () => {
    const { sequencer, delivered, disk } = rig({ pageSize: 2 })
    await sequencer.open()
    disk.stored = [1, 2, 3, 4, 5].map(change)
    sequencer.push(change(5))
    await vi.advanceTimersByTimeAsync(200)
    sequencer.push(change(6))
    expect(delivered).toEqual([1, 2, 3, 4, 5, 6])
  })

  it('is asked for again when the log could not be read', async () => {
    const { sequencer, delivered, disk, errors } = rig()
    await sequencer.open()
    disk.stored = [change(1), change(2)]
    disk.fails = true
    sequencer.push(change(2))
    await vi.advanceTimersByTimeAsync(200)
    expect(errors).toHaveLength(1)
    disk.fails = false
    await vi.advanceTimersByTimeAsync(200)
    expect(delivered).toEqual([1, 2])
  })
})

it('who waits for a rev goes on when it has been handed out', async () => {
  const { sequencer } = rig()
  await sequencer.open()
  const reached = sequencer.reached(2)
  sequencer.push(change(1))
  sequencer.push(change(2))
  await reached
  expect(sequencer.position.rev).toBe(2)
})

it('nothing is handed out after it is closed, and nobody waits for ever', async () => {
  const { sequencer, delivered } = rig()
  await sequencer.open()
  const reached = sequencer.reached(1)
  sequencer.close()
  await reached
  sequencer.push(change(1))
  expect(delivered).toEqual([])
})
