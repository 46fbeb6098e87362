import { describe, expect, it } from 'vitest'
import { safeLink } from './safe-link.ts'

const written = (url: string) => safeLink(url, url)

describe('links', () => {
  it('lead to the web or to an address', () => {
    expect(written('https://example.org/a?b=c#d')).toEqual({ href: 'https://example.org/a?b=c#d', host: undefined })
    expect(written('http://example.org:8080')).toEqual({ href: 'http://example.org:8080/', host: undefined })
    expect(safeLink('mailto:lan@example.org', 'lan@example.org')).toEqual({
      href: 'mailto:lan@example.org',
      host: undefined,
    })
  })

  it.each([
    'javascript:alert(1)',
    'JAVASCRIPT:alert(1)',
    'data:text/html,x',
    'file:///etc/passwd',
    'blob:x',
    '//a.b',
    '',
  ])('refuse %j', (url) => expect(written(url)).toBeUndefined())

  it('show the real host where the text has another script’s letters', () =>
    expect(written('https://аpple.com/')?.host).toBe('xn--pple-43d.com'))

  it('show the real host behind a name that stands before an @', () =>
    expect(written('https://bank.example.org@evil.example/')?.host).toBe('evil.example'))

  it('show the host where characters that are not seen reorder the text', () =>
    expect(safeLink('https://example.org/', 'https://example.org/\u202Egpj.exe')?.host).toBe('example.org'))
})
