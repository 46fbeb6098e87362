import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { fold, highlights, queryWords, wordsOf } from './fold.ts'

const marked = (text: string, query: string) =>
  highlights(text, queryWords(query)).map(([start, end]) => text.slice(start, end))

describe('folding', () => {
  it.each([
    ['Đào tạo', 'dao tao'],
    ['ĐÀO TẠO', 'dao tao'],
    ['Nguyễn Thị Hường', 'nguyen thi huong'],
    ['Trường Đại học Bách khoa', 'truong dai hoc bach khoa'],
    ['İstanbul ISTANBUL ıstanbul', 'istanbul istanbul istanbul'],
    ['Straße STRASSE STRAẞE', 'strasse strasse strasse'],
    ['ὈΔΥΣΣΕΎΣ ὀδυσσεύς', 'οδυσσευσ οδυσσευσ'],
    ['Łódź, Tromsø', 'lodz, tromso'],
    ['ﬁne', 'fine'],
  ])('%s → %s', (text, folded) => expect(fold(text)).toBe(folded))

  it('is the same for NFC and NFD, and changes nothing the second time', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        const folded = fold(text.normalize('NFC'))
        expect(fold(text.normalize('NFD'))).toBe(folded)
        expect(fold(folded)).toBe(folded)
      }),
    )
  })
})

describe('words', () => {
  it('are runs of letters and digits, whatever stands between them', () => {
    expect(wordsOf('"bài-1" (NEAR 20%*) đâu_đó?\nHà Nội')).toEqual(['bai', '1', 'near', '20', 'dau', 'do', 'ha', 'noi'])
  })

  it('are none where there is neither letter nor digit', () => {
    expect(wordsOf('"*%() 👍 --')).toEqual([])
  })

  it('of a query that another one begins with are left out', () => {
    expect(queryWords('da dao tao dao')).toEqual(['dao', 'tao'])
  })
})

describe('highlights', () => {
  it('mark the beginnings that were asked for, as written', () => {
    expect(marked('Phòng Đào tạo thông báo', 'dao tao')).toEqual(['Đào', 'tạo'])
    expect(marked('Phòng Đào tạo thông báo', 'tho')).toEqual(['thô'])
    expect(marked('thong bao', 'thông báo')).toEqual(['thong', 'bao'])
  })

  it('count in UTF-16 units, behind characters of two units too', () => {
    expect(highlights('👩‍🏫 Đào 𝐀b', queryWords('dao'))).toEqual([[6, 9]])
    expect(marked('𐐀𐐁 x', '𐐨𐐩')).toEqual(['𐐀𐐁'])
  })

  it('take in the marks of the last letter in decomposed text', () => {
    const text = 'Đào tạo'.normalize('NFD')
    expect(marked(text, 'dao ta')).toEqual(['Đào'.normalize('NFD'), 'tạ'.normalize('NFD')])
    expect(marked(text, 'da')).toEqual(['Đà'.normalize('NFD')])
  })

  it('take a character whole that folds to several', () => {
    expect(marked('Straße', 'stras')).toEqual(['Straß'])
    expect(marked('한국', '하')).toEqual(['한'])
  })

  it('take the longest of two beginnings of one word', () => {
    expect(highlights('daotao', ['da', 'daot'])).toEqual([[0, 4]])
  })

  it('are none for a word inside another one', () => {
    expect(highlights('hoctap', queryWords('tap'))).toEqual([])
  })

  it('find the words that the index holds, each within the text and in order', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.string({ unit: 'binary' }), (graphemes, binary) => {
        const text = graphemes + binary.toWellFormed()
        const words = wordsOf(text)
        const found = highlights(text, words)
        expect(found.map(([start, end]) => wordsOf(text.slice(start, end)).join(' '))).toEqual(words)
        let last = 0
        for (const [start, end] of found) {
          expect(start).toBeGreaterThanOrEqual(last)
          expect(end).toBeGreaterThan(start)
          last = end
        }
        expect(last).toBeLessThanOrEqual(text.length)
      }),
    )
  })
})
