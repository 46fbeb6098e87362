import { describe, expect, it } from 'vitest'
import { csvRecord } from './csv.ts'

describe('a record of CSV', () => {
  it('quotes what would break it', () => {
    expect(csvRecord(['a', 'b,c', 'd"e', 'f\ng', ' h', '', null, 7])).toBe('a,"b,c","d""e","f\ng"," h",,,7\r\n')
  })

  it.each(['=1+1', '+1', '-1', '@SUM(A1)', '\tx', '\rx', '\nx', '＝1', '=HYPERLINK("http://x","y")'])(
    'makes the formula %j text',
    (formula) => expect(csvRecord([formula])).toMatch(/^"?'/),
  )

  it('leaves a number a number, be it negative', () => {
    expect(csvRecord([-1])).toBe('-1\r\n')
  })
})
