import { expect, it } from 'vitest'
import { Turns } from './turns.ts'

function turnsOf(limit: number, ...names: string[]) {
  const turns = new Turns(limit)
  const begun: string[] = []
  const giveBack = new Map(names.map((name) => [name, turns.take(() => begun.push(name))]))
  return { turns, begun, giveBack: (name: string) => giveBack.get(name)?.() }
}

it('so many have a turn at once; the others follow in the order in which they came', () => {
  const { begun, giveBack } = turnsOf(2, 'a', 'b', 'c', 'd')
  expect(begun).toEqual(['a', 'b'])
  giveBack('b')
  giveBack('a')
  expect(begun).toEqual(['a', 'b', 'c', 'd'])
})

it('a turn is given back once, however often', () => {
  const { begun, giveBack } = turnsOf(1, 'a', 'b', 'c')
  giveBack('a')
  giveBack('a')
  expect(begun).toEqual(['a', 'b'])
})

it('who waits no longer is passed over', () => {
  const { begun, giveBack } = turnsOf(1, 'a', 'b', 'c')
  giveBack('b')
  giveBack('a')
  expect(begun).toEqual(['a', 'c'])
})

it('a higher limit lets the next begin at once, a lower one ends nobody’s turn, and one always may', () => {
  const { turns, begun, giveBack } = turnsOf(1, 'a', 'b', 'c', 'd')
  turns.limit = 2
  expect(begun).toEqual(['a', 'b'])
  turns.limit = 0
  expect(turns.limit).toBe(1)
  giveBack('a')
  expect(begun).toEqual(['a', 'b'])
  giveBack('b')
  expect(begun).toEqual(['a', 'b', 'c'])
})
