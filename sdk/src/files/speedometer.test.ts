import { expect, it } from 'vitest'
import { Speedometer } from './speedometer.ts'

function speedOf(...samples: readonly (readonly [at: number, sent: number])[]) {
  const speedometer = new Speedometer()
  for (const [at, sent] of samples) speedometer.note(at, sent)
  return speedometer.bytesPerSecond
}

it('nothing is known before a second has passed', () => {
  expect(speedOf()).toBeUndefined()
  expect(speedOf([0, 0], [900, 5_000])).toBeUndefined()
  expect(speedOf([0, 0], [1_000, 5_000])).toBe(5_000)
})

it('what was more than ten seconds ago counts no more', () => {
  expect(speedOf([0, 0], [5_000, 1_000_000], [15_000, 1_020_000])).toBe(2_000)
})

it('it counts anew where the server had less than was thought', () => {
  expect(speedOf([0, 0], [4_000, 4_000], [5_000, 1_000])).toBeUndefined()
  expect(speedOf([0, 0], [4_000, 4_000], [5_000, 1_000], [7_000, 5_000])).toBe(2_000)
})
