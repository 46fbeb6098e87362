import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { systemClock } from '../shared/clock.ts'
import { Presence } from './presence.ts'

const GRACE_MS = 5_000

const visitor = (userId: string, role: 'teacher' | 'student' = 'student') => ({ userId, userName: userId, role })

function room({ batchFrom = 100 } = {}) {
  const told: unknown[] = []
  const presence = new Presence(
    { clock: systemClock, graceMs: GRACE_MS, batchFrom },
    {
      joined: (person) => told.push(`+${person.userId}`),
      left: (person) => told.push(`-${person.userId}`),
      changed: ({ joined, left, count }) => told.push({ joined: joined.map((person) => person.userId), left, count }),
      emptied: () => told.push('emptied'),
    },
  )
  return { presence, told }
}

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
})

describe('presence is a person, not a connection', () => {
  it('a second connection of somebody present is told to nobody, nor is its end', () => {
    const { presence, told } = room()
    presence.arrive('c1', visitor('an'))
    presence.arrive('c2', visitor('an'))
    presence.depart('c1', 'an', false)
    expect(told).toEqual(['+an'])
    presence.depart('c2', 'an', false)
    expect(told).toEqual(['+an', '-an', 'emptied'])
  })

  it('one that drops and is back within the grace causes neither a leave nor a join', () => {
    const { presence, told } = room()
    presence.arrive('c1', visitor('an'))
    presence.depart('c1', 'an', true)
    vi.advanceTimersByTime(GRACE_MS - 1)
    presence.arrive('c2', visitor('an'))
    vi.advanceTimersByTime(GRACE_MS * 2)
    expect(told).toEqual(['+an'])
  })

  it('one that drops and stays away leaves when the grace is over', () => {
    const { presence, told } = room()
    presence.arrive('c1', visitor('an'))
    presence.depart('c1', 'an', true)
    expect(presence.count).toBe(1)
    vi.advanceTimersByTime(GRACE_MS)
    expect(told).toEqual(['+an', '-an', 'emptied'])
  })

  it('who was here before a restart is back without a word, or leaves after the grace', () => {
    const { presence, told } = room()
    presence.expect(visitor('an'))
    presence.expect(visitor('binh'))
    presence.arrive('c1', visitor('an'))
    expect(told).toEqual([])
    vi.advanceTimersByTime(GRACE_MS)
    expect(told).toEqual(['-binh'])
  })
})

describe('in a room of more than so many people', () => {
  it('differences come once a second, in place of each join and leave', () => {
    const { presence, told } = room({ batchFrom: 2 })
    for (const userId of ['a', 'b', 'c', 'd']) presence.arrive(userId, visitor(userId))
    presence.depart('a', 'a', false)
    expect(told).toEqual(['+a', '+b'])
    vi.advanceTimersByTime(1_000)
    expect(told.at(-1)).toEqual({ joined: ['c', 'd'], left: ['a'], count: 3 })
  })

  it('who came and went within the second is not told of', () => {
    const { presence, told } = room({ batchFrom: 1 })
    for (const userId of ['a', 'b', 'c']) presence.arrive(userId, visitor(userId))
    presence.depart('c', 'c', false)
    vi.advanceTimersByTime(1_000)
    expect(told.at(-1)).toEqual({ joined: ['b'], left: [], count: 2 })
  })

  it('the list is cut, staff first', () => {
    const { presence } = room()
    presence.arrive('1', visitor('a'))
    presence.arrive('2', visitor('b'))
    presence.arrive('3', visitor('teacher', 'teacher'))
    expect(presence.list(2).map((person) => person.userId)).toEqual(['teacher', 'a'])
  })
})
