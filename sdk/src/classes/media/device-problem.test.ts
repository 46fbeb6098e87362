import { expect, it } from 'vitest'
import { problemOf } from './device-problem.ts'

it.each([
  ['NotAllowedError', 'denied'],
  ['NotFoundError', 'missing'],
  ['OverconstrainedError', 'missing'],
  ['NotReadableError', 'busy'],
  ['NotSupportedError', 'unsupported'],
  ['AbortError', 'failed'],
] as const)('a device that fails with %s is %s', (name, problem) => {
  expect(problemOf(new DOMException('It failed.', name))).toBe(problem)
})
