import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { systemClock } from './clock.ts'

describe('the machine’s clock', () => {
  beforeEach(() => void vi.useFakeTimers())
  afterEach(() => void vi.useRealTimers())

  it('does not take a very long wait for none', () => {
    const act = vi.fn()
    const callOff = systemClock.after(40 * 86_400_000, act)
    vi.advanceTimersByTime(86_400_000)
    expect(act).not.toHaveBeenCalled()
    callOff()
    expect(vi.getTimerCount()).toBe(0)
  })
})
