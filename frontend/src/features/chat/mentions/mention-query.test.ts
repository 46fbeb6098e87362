import { describe, expect, test } from 'vitest'
import { queryAt } from './mention-query.ts'

describe('the mention being typed', () => {
  test.each([
    ['@', { start: 0, text: '' }],
    ['@la', { start: 0, text: 'la' }],
    ['Chào @Đào', { start: 5, text: 'Đào' }],
    ['Chào @nguyen thi', { start: 5, text: 'nguyen thi' }],
    ['(@la', { start: 1, text: 'la' }],
    ['🎉@la', { start: 2, text: 'la' }],
    ['one\n@la', { start: 4, text: 'la' }],
  ])('is found in %j', (text, query) => {
    expect(queryAt(text, text.length)).toEqual(query)
  })

  test.each(['', 'la', 'lan@example', 'Đ@la', 'a\u0301@la', '@ la', '@la\nn', `@${'a'.repeat(80)}`])(
    'is none in %j',
    (text) => {
      expect(queryAt(text, text.length)).toBeUndefined()
    },
  )

  test('ends at the caret, not at the end of the text', () => {
    expect(queryAt('@lan and more', 3)).toEqual({ start: 0, text: 'la' })
    expect(queryAt('@lan', 0)).toBeUndefined()
  })
})
