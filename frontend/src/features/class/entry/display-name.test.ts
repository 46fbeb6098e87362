import { describe, expect, it } from 'vitest'
import { nameProblem } from './display-name.ts'

describe('what somebody is called in a class', () => {
  it('has 1 to 80 characters, without the space around it', () => {
    expect(nameProblem('Nguyễn Thị Hạnh')).toBeUndefined()
    expect(nameProblem(` ${'a'.repeat(80)} `)).toBeUndefined()
    expect(nameProblem('a'.repeat(81))).toBe('long')
    expect(nameProblem('  ')).toBe('missing')
  })

  it('has nothing that makes it show as another', () => {
    expect(nameProblem('An\u202Enh')).toBe('characters')
    expect(nameProblem('An\nBình')).toBe('characters')
  })
})
