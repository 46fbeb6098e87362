import { describe, expect, it } from 'vitest'
import { DiskSlots } from './disk-slots.ts'

describe('DiskSlots', () => {
  it('lets no more at the disk than it has slots, in the order of their coming', async () => {
    const slots = new DiskSlots(2)
    const started: number[] = []
    const gates = Array.from({ length: 5 }, () => Promise.withResolvers<void>())
    const all = gates.map(({ promise }, index) =>
      slots.run(() => {
        started.push(index)
        return promise
      }),
    )
    expect(started).toEqual([0, 1])
    gates[1]?.resolve()
    await all[1]
    expect(started).toEqual([0, 1, 2])
    gates[2]?.reject(new Error('the disk'))
    await expect(all[2]).rejects.toThrow('the disk')
    expect(started).toEqual([0, 1, 2, 3])
    for (const gate of gates) gate.resolve()
    await Promise.all(all.filter((_, index) => index !== 2))
    expect(started).toEqual([0, 1, 2, 3, 4])
  })
})
