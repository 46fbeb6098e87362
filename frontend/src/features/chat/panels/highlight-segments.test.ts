import { describe, expect, test } from 'vitest'
import { excerptOf, segmentsOf } from './highlight-segments.ts'

const shown = (text: string, highlights: [number, number][]) =>
  segmentsOf(text, highlights).map((segment) => (segment.marked ? `[${segment.text}]` : segment.text))

describe('the pieces of a found text', () => {
  test('without a hit it is one piece', () => {
    expect(shown('Đào tạo', [])).toEqual(['Đào tạo'])
    expect(shown('', [])).toEqual([])
  })

  test('hits and what lies between alternate', () => {
    expect(
      shown('Lịch đào tạo mới', [
        [5, 8],
        [9, 12],
      ]),
    ).toEqual(['Lịch ', '[đào]', ' ', '[tạo]', ' mới'])
  })

  test('a decomposed letter keeps its marks', () => {
    const word = 'Đào'.normalize('NFD')
    const text = `${word} tạo`
    expect(shown(text, [[0, word.length]])).toEqual([`[${word}]`, ' tạo'])
    expect(shown('a\u0323\u0302b', [[0, 1]])).toEqual(['[a\u0323\u0302]', 'b'])
  })

  test('emoji before and between are counted in UTF-16 units, and never cut', () => {
    expect(shown('🎉🎉 thi 🎉', [[5, 8]])).toEqual(['🎉🎉 ', '[thi]', ' 🎉'])
    expect(shown('🎉a', [[1, 2]])).toEqual(['[🎉]', 'a'])
  })

  test('hits that touch or overlap are one; what lies outside of the text is cut off', () => {
    expect(
      shown('abcdef', [
        [2, 4],
        [0, 3],
      ]),
    ).toEqual(['[abcd]', 'ef'])
    expect(
      shown('abc', [
        [1, 9],
        [5, 9],
      ]),
    ).toEqual(['a', '[bc]'])
    expect(shown('abc', [[2, 2]])).toEqual(['abc'])
  })

  test('joined they are the text', () => {
    const text = 'Kỳ thi 🎉 cuối kỳ'.normalize('NFD')
    const pieces = segmentsOf(text, [
      [1, 4],
      [9, 12],
    ])
    expect(pieces.map((segment) => segment.text).join('')).toBe(text)
  })
})

describe('the excerpt', () => {
  test('begins shortly before the first hit, at a word', () => {
    const [lead, hit] = excerptOf(`${'chữ '.repeat(50)}thi`, [[200, 203]])
    expect(lead?.text).toMatch(/^… chữ/)
    expect(lead?.text.length).toBeLessThan(70)
    expect(hit).toMatchObject({ text: 'thi', marked: true })
  })

  test('is the whole text where the hit is near the beginning', () => {
    expect(excerptOf('kỳ thi', [[3, 6]])).toEqual(segmentsOf('kỳ thi', [[3, 6]]))
  })
})
