import { describe, expect, it } from 'vitest'
import { fitOf, outgoingText } from './outgoing-text.ts'

describe('what is sent', () => {
  it('is trimmed, and otherwise as written', () => expect(outgoingText('\n  a\n\tb  \n')).toBe('a\n\tb'))
  it('bears no control character and no half of a pair', () =>
    expect(outgoingText('a\u0000b\u0007c\uD83D')).toBe('abc\uFFFD'))
})

describe('the limit', () => {
  it('counts UTF-16 units after trimming', () => {
    expect(fitOf(` ${'😀'.repeat(2000)} `)).toEqual({ canSend: true, left: 0 })
    expect(fitOf('a'.repeat(4001))).toEqual({ canSend: false, left: -1 })
  })
  it('is not spoken of while there is plenty', () => {
    expect(fitOf('a'.repeat(3600))).toEqual({ canSend: true, left: undefined })
    expect(fitOf('a'.repeat(3601))).toEqual({ canSend: true, left: 399 })
    expect(fitOf('  ')).toEqual({ canSend: false, left: undefined })
  })
  it('has no lower end where files go out with it', () => {
    expect(fitOf('', true)).toEqual({ canSend: true, left: undefined })
    expect(fitOf('a'.repeat(4001), true)).toEqual({ canSend: false, left: -1 })
  })
})
