import { expect, it } from 'vitest'
import { policyOf, policyProblems } from './policy-values.ts'

it('a policy is of minutes and percent, and calls nobody absent whom it calls present', () => {
  const good = { late: '10', present: ' 75', absent: '0' }
  expect(policyProblems(good)).toEqual({})
  expect(policyOf(good)).toEqual({ late_after_min: 10, present_percent: 75, absent_below_percent: 0 })
  expect(policyProblems({ late: '-1', present: '101', absent: 'x' })).toEqual({
    late: 'minutes',
    present: 'percent',
    absent: 'percent',
  })
  expect(policyProblems({ ...good, absent: '80' })).toEqual({ absent: 'order' })
})
