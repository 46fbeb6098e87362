import { describe, expect, it } from 'vitest'
import { textParts } from './text-parts.ts'

const lan = { user_id: 'u1', user_name: 'Lan' }
const lanAnh = { user_id: 'u2', user_name: 'Lan Anh' }
const texts = (...input: Parameters<typeof textParts>) => textParts(...input).map(({ text }) => text)

describe('parts of a text', () => {
  it('are one where there is nothing special', () => {
    expect(textParts('Chào cả lớp', [])).toEqual([{ start: 0, text: 'Chào cả lớp' }])
    expect(textParts('', [])).toEqual([])
  })

  it('find links in running text, without the full stop behind them', () => {
    const [before, link, after] = textParts('See https://example.org/a, or mail.', [])
    expect(before?.text).toBe('See ')
    expect(link).toMatchObject({ text: 'https://example.org/a', link: { href: 'https://example.org/a' } })
    expect(after?.text).toBe(', or mail.')
  })

  it('link a host without a scheme over https, and an address by mail', () => {
    expect(textParts('example.org', [])[0]?.link?.href).toBe('https://example.org/')
    expect(textParts('lan@example.org', [])[0]?.link?.href).toBe('mailto:lan@example.org')
  })

  it.each(['javascript:alert(1)', 'data:text/html,<b>x</b>', '<a href="https://">', 'a.b.c.1', '12.30'])(
    'make no link of %j',
    (text) => expect(textParts(text, []).some(({ link }) => link !== undefined)).toBe(false),
  )

  it('find those mentioned, the longest name first, and no part of a word', () => {
    expect(textParts('@Lan Anh @Lan @Lane', [lan, lanAnh])).toEqual([
      { start: 0, text: '@Lan Anh', mention: 'u2' },
      { start: 8, text: ' ' },
      { start: 9, text: '@Lan', mention: 'u1' },
      { start: 13, text: ' @Lane' },
    ])
  })

  it('keep every character, whatever overlaps', () => {
    const text = 'a @Lan https://example.org/@Lan lan@Lan.org'
    expect(texts(text, [lan, lanAnh]).join('')).toBe(text)
    expect(
      texts(
        text,
        [lan],
        [
          [0, 4],
          [5, 20],
          [30, 99],
        ],
      ).join(''),
    ).toBe(text)
  })

  it('mark what a search found, inside of links and mentions too', () => {
    const parts = textParts('go to example.org', [], [[3, 8]])
    expect(parts).toMatchObject([
      { text: 'go ' },
      { text: 'to ', isHit: true },
      { text: 'ex', isHit: true, link: { href: 'https://example.org/' } },
      { text: 'ample.org', link: { href: 'https://example.org/' } },
    ])
  })
})
