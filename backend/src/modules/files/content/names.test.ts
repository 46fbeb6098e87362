import { extensionOf } from '@lectern/protocol'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { nameKey, numbered, originalNameOf, safeFilename } from './names.ts'

const AWKWARD = [
  ...['/', '\\', '..', '.', ' ', '\0', '\r\n', '\u202E', '\u2066', '\u200F', '\uD800', '\uFEFF', '\u00A0', '\u0301'],
  ...['CON', 'nul', 'COM1', '.pdf', '.tar.gz', ':', '"', '%2e%2e%2f', '👩‍👩‍👧', 'ệ', 'e\u0323\u0302', 'x'.repeat(190)],
]
const awkwardName = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc
    .tuple(fc.constantFrom(...AWKWARD), fc.string({ unit: 'grapheme' }), fc.constantFrom(...AWKWARD))
    .map((parts) => parts.join('')),
  fc.string({ unit: fc.constantFrom(...AWKWARD), maxLength: 8 }),
)

describe('FI59: the stored name of a file', () => {
  it.each([
    ['Bài giảng.pdf', 'Bài giảng.pdf'],
    ['Bài giảng.pdf'.normalize('NFD'), 'Bài giảng.pdf'],
    ['講義 1.PDF', '講義 1.PDF'],
    ['../../x.pdf', 'x.pdf'],
    ['..\\..\\x.pdf', 'x.pdf'],
    ['C:\\fakepath\\x.pdf', 'x.pdf'],
    ['/etc/passwd/', 'passwd'],
    ['a\0b.pdf', 'ab.pdf'],
    ['a\r\nSet-Cookie: x.pdf', 'aSet-Cookie_ x.pdf'],
    ['\u202Efdp.exe', 'fdp.exe'],
    ['a\u2066b\u2069.pdf', 'ab.pdf'],
    ['  . .x.pdf . ', 'x.pdf'],
    ['.htaccess', 'file.htaccess'],
    ['.pdf', 'file.pdf'],
    ['..', 'file'],
    ['', 'file'],
    ['CON.pdf', '_CON.pdf'],
    ['com1 .tar.gz', '_com1 .tar.gz'],
    ['console.pdf', 'console.pdf'],
    ['a<b>c:d"e|f?g*.pdf', 'a_b_c_d_e_f_g_.pdf'],
    ['%2e%2e%2fx.pdf', '%2e%2e%2fx.pdf'],
    ['a\uD800b.pdf', 'a\uFFFDb.pdf'],
    ['👩‍👩‍👧.png', '👩‍👩‍👧.png'],
  ])('of %j is %j', (given, stored) => {
    expect(safeFilename(given)).toBe(stored)
  })

  it('is shortened before its extension, by what a reader takes for one character', () => {
    expect(safeFilename(`${'x'.repeat(300)}.pdf`)).toBe(`${'x'.repeat(196)}.pdf`)
    expect(safeFilename(`${'ệ'.repeat(300)}.tar.gz`)).toBe(`${'ệ'.repeat(82)}.tar.gz`)
    expect(safeFilename(`${'👩‍👩‍👧'.repeat(30)}.png`)).toBe(`${'👩‍👩‍👧'.repeat(13)}.png`)
  })

  it('is no device of Windows for having been shortened', () => {
    expect(safeFilename(`CON${' '.repeat(300)}x.pdf`)).toBe('_CON.pdf')
  })

  it('of any name is one path segment within the limits, of good form, that is made safe already', () => {
    fc.assert(
      fc.property(awkwardName, (given) => {
        const stored = safeFilename(given)
        expect(stored).not.toMatch(/[/\\\p{Cc}\u202A-\u202E\u2066-\u2069<>:"|?*]|^[. ]|[. ]$|^$/u)
        expect(stored.isWellFormed()).toBe(true)
        expect(stored.normalize('NFC')).toBe(stored)
        expect(stored.length).toBeLessThanOrEqual(200)
        expect(Buffer.byteLength(stored)).toBeLessThanOrEqual(255)
        expect(safeFilename(stored)).toBe(stored)
      }),
      { numRuns: 2000 },
    )
  })
})

describe('FI58: the original name of a file', () => {
  it('keeps what only file systems mind', () => {
    expect(originalNameOf('What is “1 + 1”? <a: b>.pdf')).toBe('What is “1 + 1”? <a: b>.pdf')
  })

  it('of any name is one line of NFC without a path, that is nobody’s trick, and is its own original', () => {
    fc.assert(
      fc.property(awkwardName, (given) => {
        const kept = originalNameOf(given)
        expect(kept).not.toMatch(/[/\\\p{Cc}\u2028-\u202E\u2066-\u2069]|^$/u)
        expect(kept.normalize('NFC')).toBe(kept)
        expect(kept.length).toBeLessThanOrEqual(255)
        expect(originalNameOf(kept)).toBe(kept)
        expect(safeFilename(kept)).toBe(safeFilename(given))
      }),
      { numRuns: 2000 },
    )
  })
})

describe('the next of a name', () => {
  it.each([
    ['a.pdf', 'a (2).pdf'],
    ['a.tar.gz', 'a (2).tar.gz'],
    ['a.b.pdf', 'a.b (2).pdf'],
    ['a', 'a (2)'],
  ])('of %j is %j', (name, next) => {
    expect(numbered(name, 2)).toBe(next)
  })

  it('of any name differs from it, is as safe, and keeps the extension', () => {
    fc.assert(
      fc.property(
        awkwardName,
        fc.constantFrom('.pdf', '.TAR.GZ'),
        fc.integer({ min: 2, max: 100_000 }),
        (given, extension, n) => {
          const name = safeFilename(`${given}${extension}`)
          const next = numbered(name, n)
          expect(nameKey(next)).not.toBe(nameKey(name))
          expect(safeFilename(next)).toBe(next)
          expect(extensionOf(next)).toBe(extensionOf(name))
        },
      ),
      { numRuns: 2000 },
    )
  })
})

describe('the key of a name', () => {
  it.each([
    ['Bài Giảng.pdf', 'BÀI GIẢNG.PDF'],
    ['Straße.pdf', 'STRASSE.PDF'],
    ['ΟΔΟΣ.pdf', 'οδος.pdf'],
    ['é.pdf', 'E\u0301.pdf'],
  ])('is the same of %j and %j', (one, other) => {
    expect(nameKey(one)).toBe(nameKey(other))
  })

  it.each([
    ['ma.pdf', 'má.pdf'],
    ['đa.pdf', 'da.pdf'],
  ])('tells %j from %j', (one, other) => {
    expect(nameKey(one)).not.toBe(nameKey(other))
  })

  it('is its own key', () => {
    fc.assert(
      fc.property(awkwardName, (name) => {
        expect(nameKey(nameKey(name))).toBe(nameKey(name))
        expect(nameKey(name.normalize('NFD'))).toBe(nameKey(name))
      }),
      { numRuns: 2000 },
    )
  })
})
