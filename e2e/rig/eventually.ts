import { expect } from 'vitest'
import { PATIENCE_MS } from './patience.ts'

/** An expectation of what a page will show, or a server will have, before long. */
export const eventually = <T>(look: () => T | Promise<T>, { withinMs = PATIENCE_MS } = {}) =>
  expect.poll(look, { timeout: withinMs, interval: 50 })
