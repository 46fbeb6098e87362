import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { clientId, email, givenPassword, newPassword, text } from './text.ts'

const message = text(1, 4000)
const refused = (value: unknown) => !message.safeParse(value).success

describe('GEN18: text is trimmed, then measured in UTF-16 units, and otherwise kept as written', () => {
  it('trims before it measures', () => {
    expect(message.parse(`  ${'x'.repeat(4000)}\n\t\u00a0`)).toHaveLength(4000)
    expect(refused(' \n\t\u00a0\ufeff ')).toBe(true)
  })
  it('counts UTF-16 units: 2,000 emoji of two units fit and one more does not', () => {
    expect(message.parse('😀'.repeat(2000))).toHaveLength(4000)
    expect(refused('😀'.repeat(2001))).toBe(true)
  })
  it('keeps Vietnamese in the form it was typed in, NFC or NFD', () => {
    const composed = 'Đào tạo từ xa: ướm thử'.normalize('NFC')
    const decomposed = composed.normalize('NFD')
    expect(decomposed).not.toBe(composed)
    expect(message.parse(composed)).toBe(composed)
    expect(message.parse(decomposed)).toBe(decomposed)
  })
  it('says its bounds in its JSON Schema', () =>
    expect(z.toJSONSchema(message)).toMatchObject({ type: 'string', minLength: 1, maxLength: 4000 }))
  it('keeps newlines and tabs inside', () => {
    expect(message.parse('a\n\nb\tc\nd\n')).toBe('a\n\nb\tc\nd')
  })
  it('keeps joiners, directional marks and what looks like HTML', () => {
    for (const value of [
      '👩‍👩‍👧‍👦',
      'a\u200fb\u200e',
      'می‌خواهم',
      '<script>alert(1)</script>',
      '$& \\n %s',
      'a\u2028b',
    ]) {
      expect(message.parse(value)).toBe(value)
    }
  })
})

describe('GEN19: unpaired surrogates and control characters other than newline and tab are refused', () => {
  it.each(['a\ud83d', '\ude00a', 'a\ude00\ud83db', '\ud83d\ud83d\ude00'])('refuses the lone surrogate in %j', (value) =>
    expect(refused(value)).toBe(true),
  )
  it('refuses every other control character of C0, DEL and C1', () => {
    const controls = [...Array(0x20).keys(), ...Array.from({ length: 0x21 }, (_, i) => 0x7f + i)]
    const taken = controls.filter((code) => !refused(`a${String.fromCharCode(code)}b`))
    expect(taken).toEqual([0x09, 0x0a])
  })
  it('refuses a carriage return of its own', () => expect(refused('a\rb')).toBe(true))
})

it.each([null, undefined, 7, true, [], ['a'], {}, { length: 3 }])('text is a string, not %j', (value) =>
  expect(refused(value)).toBe(true),
)

it('CH16: a client_id is 1 to 64 units, kept exactly', () => {
  expect(clientId.parse(' a ')).toBe(' a ')
  expect(['', 'x'.repeat(65), 'a\nb', '\ud800', 'a\u0000'].some((value) => clientId.safeParse(value).success)).toBe(
    false,
  )
})

it('an e-mail address is trimmed and made lower case', () => {
  expect(email.parse(' Lan.Anh+lms@Example.EDU.vn ')).toBe('lan.anh+lms@example.edu.vn')
  for (const value of ['', 'a', 'a@', '@b.vn', 'a b@c.vn', `${'a'.repeat(250)}@b.vn`, 'a@b.vn\nbcc:x@y.vn']) {
    expect(email.safeParse(value).success, value).toBe(false)
  }
})

describe('ID29: a password is 10 to 200 characters', () => {
  it('is the same in every normal form, so that another keyboard types it too', () => {
    const typed = 'mật khẩu của tôi'
    expect(newPassword.parse(typed.normalize('NFD'))).toBe(newPassword.parse(typed.normalize('NFC')))
    expect(givenPassword.parse(typed.normalize('NFD'))).toBe(newPassword.parse(typed))
  })
  it('is neither shorter nor longer, nor trimmed', () => {
    expect(newPassword.safeParse('123456789').success).toBe(false)
    expect(newPassword.safeParse('x'.repeat(201)).success).toBe(false)
    expect(newPassword.parse(' 12345678 ')).toBe(' 12345678 ')
  })
  it('may be anything but empty or huge where it is only compared', () => {
    expect(givenPassword.safeParse('x').success).toBe(true)
    expect(givenPassword.safeParse('').success).toBe(false)
    expect(givenPassword.safeParse('x'.repeat(900_000)).success).toBe(false)
  })
})
