import { describe, expect, it } from 'vitest'
import { id, locale, mentionTarget, position, queryInteger, timeZone } from './scalars.ts'

const accepts = (schema: { safeParse(value: unknown): { success: boolean } }, value: unknown) =>
  schema.safeParse(value).success

describe('GEN15: an id is 1 to 128 of A-Za-z0-9._:@+|=~-', () => {
  it.each(['a', 'x'.repeat(128), '0190a9c2-7b1e-7c3a-9d7e-0123456789ab', 'auth0|5f7', 'a.b:c@d+e=f~g_h', '__proto__'])(
    'takes %j',
    (value) => expect(accepts(id, value)).toBe(true),
  )
  it.each(['', 'x'.repeat(129), 'a b', 'a/b', 'é', 'a\n', ' a', '\ud800', 7, null, undefined, ['a'], { a: 1 }])(
    'refuses %j',
    (value) => expect(accepts(id, value)).toBe(false),
  )
  it.each(['sfu', 'all'])('refuses %j, which is nobody', (value) => expect(accepts(id, value)).toBe(false))
  it('lets a mention be all, and nobody else who is nobody', () => {
    expect(accepts(mentionTarget, 'all')).toBe(true)
    expect(accepts(mentionTarget, 'sfu')).toBe(false)
  })
})

describe('a place in the log', () => {
  it.each([0, 1, Number.MAX_SAFE_INTEGER])('takes %j', (value) => expect(accepts(position, value)).toBe(true))
  it.each([-1, 1.5, 2 ** 53, Number.NaN, Number.POSITIVE_INFINITY, '1', null, true])('refuses %j', (value) =>
    expect(accepts(position, value)).toBe(false),
  )
})

describe('a whole number of a query string', () => {
  it('takes digits', () => {
    expect(queryInteger(0).parse('0')).toBe(0)
    expect(queryInteger(0).parse('9007199254740991')).toBe(Number.MAX_SAFE_INTEGER)
  })
  it.each([
    '',
    ' ',
    '12abc',
    '1.5',
    '-1',
    ' 1',
    '1e3',
    '0x10',
    '９',
    '9007199254740992',
    '99999999999999999',
    ['1', '2'],
    { a: '1' },
  ])('refuses %j', (value) => expect(accepts(queryInteger(0), value)).toBe(false))
  it('keeps to its bounds', () => {
    expect(accepts(queryInteger(1, 100), '0')).toBe(false)
    expect(accepts(queryInteger(1, 100), '101')).toBe(false)
  })
})

describe('a time zone', () => {
  it.each(['UTC', 'Asia/Ho_Chi_Minh', 'America/Argentina/Buenos_Aires'])('takes %s', (value) =>
    expect(accepts(timeZone, value)).toBe(true),
  )
  it.each(['', '+07:00', 'Asia/Nowhere', 'Asia/Ho Chi Minh', '../etc', 'x'.repeat(900_000)])('refuses %.20s', (value) =>
    expect(accepts(timeZone, value)).toBe(false),
  )
})

it('a language is a BCP 47 tag', () => {
  expect(['vi', 'en-GB', 'zh-Hant-TW'].every((value) => accepts(locale, value))).toBe(true)
  expect(['', 'v', 'not a tag', 'en_GB', '-'].some((value) => accepts(locale, value))).toBe(false)
})
