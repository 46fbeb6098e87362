import { describe, expect, it } from 'vitest'
import { byteSize } from './byte-size.ts'

const spaced = (text: string): string => text.replaceAll(/\s/g, ' ')

describe('a size', () => {
  it.each([
    [0, '0 bytes'],
    [512, '512 bytes'],
    [1023, '1,023 bytes'],
    [1024, '1 kB'],
    [1536, '1.5 kB'],
    [1_048_575, '1 MB'],
    [10_485_760, '10 MB'],
    [524_288_000, '500 MB'],
    [1_610_612_736, '1.5 GB'],
    [5_497_558_138_880_000, '5,000 TB'],
  ])('of %d bytes is written %s', (bytes, text) => {
    expect(spaced(byteSize(bytes, 'en'))).toBe(text)
  })

  it('is written as the language writes numbers', () => {
    expect(spaced(byteSize(1_572_864, 'vi'))).toBe('1,5 MB')
  })
})
