import { describe, expect, it } from 'vitest'
import { originAllowed, type RequestSource } from './origin.ts'

const allowed = new Set(['https://lectern.example', 'https://lms.example'])

const source = (told: Partial<RequestSource>): RequestSource => ({
  origin: undefined,
  referer: undefined,
  secFetchSite: undefined,
  host: 'internal.example:3000',
  secure: false,
  ...told,
})

describe('what rides on a cookie', () => {
  const cases: [string, Partial<RequestSource>, boolean][] = [
    ['from PUBLIC_URL or ALLOWED_ORIGINS', { origin: 'https://lms.example' }, true],
    ["from the server's own origin", { origin: 'http://internal.example:3000' }, true],
    ['from its host over TLS that ends before it', { origin: 'https://internal.example:3000' }, true],
    [
      'from its host without TLS, where the server has it',
      { origin: 'http://internal.example:3000', secure: true },
      false,
    ],
    [
      'from its host where a default port is spelt out',
      { origin: 'https://h.example', host: 'h.example:443', secure: true },
      true,
    ],
    ['from its host on another port', { origin: 'http://internal.example' }, false],
    ['from another site', { origin: 'https://evil.example' }, false],
    ['from a host that begins like an allowed one', { origin: 'https://lms.example.evil.example' }, false],
    ['from an allowed host without TLS', { origin: 'http://lms.example' }, false],
    ['from a sandboxed frame', { origin: 'null' }, false],
    ['from a sandboxed frame where no host is told', { origin: 'null', host: undefined }, false],
    [
      'from another site whose page has a referer of ours',
      { origin: 'https://evil.example', referer: 'https://lms.example/' },
      false,
    ],
    [
      'from another site that a browser calls same-origin',
      { origin: 'https://evil.example', secFetchSite: 'same-origin' },
      false,
    ],
    ['by the referer of an allowed page', { referer: 'https://lms.example/course/7?x=1' }, true],
    ['by the referer of an own page', { referer: 'http://internal.example:3000/' }, true],
    [
      'by the referer of another page',
      { referer: 'https://evil.example/https://lms.example/', secFetchSite: 'same-origin' },
      false,
    ],
    ['by a referer that is no URL', { referer: 'lms.example' }, false],
    ['by Sec-Fetch-Site: same-origin alone', { secFetchSite: 'same-origin' }, true],
    ['by Sec-Fetch-Site: same-site', { secFetchSite: 'same-site' }, false],
    ['by Sec-Fetch-Site: none', { secFetchSite: 'none' }, false],
    ['by Sec-Fetch-Site: cross-site', { secFetchSite: 'cross-site' }, false],
    ['by nothing', {}, false],
    ['where the host is no host', { origin: 'http://a b', host: 'a b' }, false],
  ]
  it.each(cases)('%s', (_rule, told, expected) => {
    expect(originAllowed(source(told), allowed)).toBe(expected)
  })
})
