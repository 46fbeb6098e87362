import { expect, it } from 'vitest'
import { loudness } from './loudness.ts'

it('loudness goes with the ear, from nothing at -60 dB to one', () => {
  expect([0, 0.001, 0.0316, 1, 2].map(loudness)).toEqual([0, 0, 0.5, 1, 1])
})
