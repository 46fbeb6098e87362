import { expect, it } from 'vitest'
import { Turns } from './turns.ts'

/** Work that ends when it is told to. */
function started() {
  const running = Promise.withResolvers<void>()
  const work = Promise.withResolvers<string>()
  return {
    running: running.promise,
    end: () => work.resolve('done'),
    fail: () => work.reject(new Error('failed')),
    work: () => {
      running.resolve()
      return work.promise
    },
  }
}

it('does so much at once, and the rest in the order of its coming', async () => {
  const turns = new Turns(2, 10)
  const works = Array.from({ length: 4 }, started)
  const order: number[] = []
  const all = works.map(({ work }, index) =>
    turns.run(() => {
      order.push(index)
      return work()
    }),
  )
  const [first, second, third, fourth] = works
  await Promise.all([first?.running, second?.running])
  expect(order).toEqual([0, 1])
  second?.end()
  await third?.running
  expect(order).toEqual([0, 1, 2])
  third?.fail()
  await fourth?.running
  for (const { end } of works) end()
  expect((await Promise.allSettled(all)).map(({ status }) => status)).toEqual([
    'fulfilled',
    'fulfilled',
    'rejected',
    'fulfilled',
  ])
  expect(await turns.run(async () => 'free again')).toBe('free again')
})

it('refuses what would wait too long', async () => {
  const turns = new Turns(1, 1)
  const [running, waiting] = [started(), started()]
  const all = [turns.run(running.work), turns.run(waiting.work)]
  await expect(turns.run(async () => 'never')).rejects.toMatchObject({ code: 'UNAVAILABLE' })
  running.end()
  waiting.end()
  await Promise.all(all)
})
