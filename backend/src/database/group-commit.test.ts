import { expect, it } from 'vitest'
import { type Commit, GroupCommit, type Outcome } from './group-commit.ts'

/** A store whose commits end when the test says so. */
function controlledStore() {
  const batches: { items: readonly string[]; finish(outcomes?: Outcome[]): void; fail(error: Error): void }[] = []
  const begun: (() => void)[] = []
  const commit = (items: readonly string[]) =>
    new Promise<readonly Outcome[]>((resolve, reject) => {
      const finish = (outcomes = items.map((value): Outcome => ({ ok: true, value }))) => resolve(outcomes)
      batches.push({ items, finish, fail: reject })
      begun.shift()?.()
    })
  const nextBatch = async () => {
    if (batches.length === 0) await new Promise<void>((resolve) => begun.push(resolve))
    const batch = batches.shift()
    if (batch === undefined) throw new Error('No batch has begun.')
    return batch
  }
  return { commit, nextBatch }
}

it('what is added in one turn of the event loop shares a commit, in the order of the calls', async () => {
  const { commit, nextBatch } = controlledStore()
  const group = new GroupCommit({ commit })
  const added = ['a', 'b', 'c'].map((item) => group.add(item))
  const batch = await nextBatch()
  expect(batch.items).toEqual(['a', 'b', 'c'])
  batch.finish()
  expect(await Promise.all(added)).toEqual(['a', 'b', 'c'])
})

it('what is added while a commit is under way goes together into the next', async () => {
  const { commit, nextBatch } = controlledStore()
  const group = new GroupCommit({ commit })
  const first = group.add('a')
  const firstBatch = await nextBatch()
  const later = [group.add('b'), group.add('c')]
  firstBatch.finish()
  await first
  const secondBatch = await nextBatch()
  expect(secondBatch.items).toEqual(['b', 'c'])
  secondBatch.finish()
  expect(await Promise.all(later)).toEqual(['b', 'c'])
})

it('promises settle in the order of the calls, failures among them', async () => {
  const { commit, nextBatch } = controlledStore()
  const group = new GroupCommit({ commit })
  const settled: string[] = []
  const added = ['a', 'b', 'c'].map((item) =>
    group.add(item).then(
      () => settled.push(item),
      () => settled.push(`not ${item}`),
    ),
  )
  const batch = await nextBatch()
  batch.finish([
    { ok: true, value: 1 },
    { ok: false, error: new Error('b is wrong') },
    { ok: true, value: 3 },
  ])
  await Promise.all(added)
  expect(settled).toEqual(['a', 'not b', 'c'])
})

it('a commit that fails is the failure of each of its items, and the next one is tried', async () => {
  const { commit, nextBatch } = controlledStore()
  const group = new GroupCommit({ commit })
  const added = Promise.allSettled([group.add('a'), group.add('b')])
  const failing = await nextBatch()
  failing.fail(new Error('no disk'))
  expect((await added).map(({ status }) => status)).toEqual(['rejected', 'rejected'])
  const next = group.add('c')
  const working = await nextBatch()
  working.finish()
  expect(await next).toBe('c')
})

it('a batch holds no more than its limit', async () => {
  const { commit, nextBatch } = controlledStore()
  const group = new GroupCommit({ commit, maxBatch: 2 })
  const added = ['a', 'b', 'c'].map((item) => group.add(item))
  const first = await nextBatch()
  expect(first.items).toEqual(['a', 'b'])
  first.finish()
  const second = await nextBatch()
  expect(second.items).toEqual(['c'])
  second.finish()
  await Promise.all(added)
})

it('what the queue has no room for is refused as UNAVAILABLE, and what waits is not touched', async () => {
  const { commit, nextBatch } = controlledStore()
  const group = new GroupCommit({ commit, maxQueue: 2 })
  const added = [group.add('a'), group.add('b')]
  await expect(group.add('c')).rejects.toMatchObject({ code: 'UNAVAILABLE' })
  const batch = await nextBatch()
  batch.finish()
  expect(await Promise.all(added)).toEqual(['a', 'b'])
})

it('closing commits what was added, and takes nothing more', async () => {
  const { commit, nextBatch } = controlledStore()
  const group = new GroupCommit({ commit })
  const added = group.add('a')
  const closed = group.close()
  await expect(group.add('b')).rejects.toMatchObject({ code: 'UNAVAILABLE' })
  const batch = await nextBatch()
  batch.finish()
  await closed
  expect(await added).toBe('a')
})

it('each commit is reported with its size and its time', async () => {
  const { commit, nextBatch } = controlledStore()
  const commits: Commit[] = []
  const group = new GroupCommit({ commit, onCommit: (made) => commits.push(made) })
  const added = [group.add('a'), group.add('b')]
  const batch = await nextBatch()
  batch.finish()
  await Promise.all(added)
  await group.close()
  expect(commits).toEqual([{ size: 2, ms: expect.any(Number) }])
})
