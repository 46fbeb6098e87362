import { expect } from 'vitest'

/** Enough for a page of two busy cores; a wait that succeeds takes no longer than it needs. */
const PATIENCE_MS = 20_000

/** An expectation of what a page will show, or a server will have, before long. */
export const eventually = <T>(look: () => T | Promise<T>, { withinMs = PATIENCE_MS } = {}) =>
  expect.poll(look, { timeout: withinMs, interval: 50 })
