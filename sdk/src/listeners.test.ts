import { describe, expect, it } from 'vitest'
import { Listeners } from './listeners.ts'
import { Value } from './value.ts'

describe('listeners', () => {
  it('tells in order, until they stop', () => {
    const told: string[] = []
    const listeners = new Listeners<[string]>()
    const stop = listeners.add((what) => told.push(`1 ${what}`))
    listeners.add((what) => told.push(`2 ${what}`))
    listeners.tell('a')
    stop()
    stop()
    listeners.tell('b')
    expect(told).toEqual(['1 a', '2 a', '2 b'])
  })

  it('who is taken off while it is told of something hears nothing of it', () => {
    const told: string[] = []
    const listeners = new Listeners()
    listeners.add(() => stop())
    const stop = listeners.add(() => told.push('heard'))
    listeners.tell()
    expect(told).toEqual([])
  })

  it('the same function twice is two subscriptions', () => {
    let times = 0
    const listeners = new Listeners()
    const listener = (): void => void times++
    const stop = listeners.add(listener)
    listeners.add(listener)
    stop()
    listeners.tell()
    expect(times).toBe(1)
  })

  it('what a listener throws keeps no other from hearing, and is reported as uncaught', async () => {
    const { promise: reported, resolve } = Promise.withResolvers<unknown>()
    const others = process.rawListeners('uncaughtException')
    process.removeAllListeners('uncaughtException')
    process.once('uncaughtException', resolve)
    try {
      let heard = false
      const listeners = new Listeners()
      listeners.add(() => {
        throw new Error('of a listener')
      })
      listeners.add(() => {
        heard = true
      })
      listeners.tell()
      expect(heard).toBe(true)
      expect(await reported).toEqual(new Error('of a listener'))
    } finally {
      for (const other of others) process.on('uncaughtException', (...args) => Reflect.apply(other, process, args))
    }
  })
})

describe('a value', () => {
  it('tells of changes alone', () => {
    let told = 0
    const value = new Value(1)
    const { subscribe, getSnapshot } = value
    const stop = subscribe(() => told++)
    value.set(1)
    value.set(2)
    stop()
    value.set(3)
    expect([told, getSnapshot()]).toEqual([1, 3])
  })
})
