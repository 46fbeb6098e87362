import { createHmac, randomBytes } from 'node:crypto'
import { LIMITS } from '@lectern/protocol'
import { type JWTPayload, SignJWT } from 'jose'
import { describe, expect, it } from 'vitest'
import { AppError } from '../../shared/errors.ts'
import { type TokenSettings, Tokens } from './tokens.ts'

const NOW = Date.UTC(2026, 0, 31, 8, 0, 0)
const SECONDS = NOW / 1000
const SECRET = 'a secret of an existing system, 32 bytes or more'
const localKey = randomBytes(32)

const settings: TokenSettings = {
  localKey,
  externalKeys: { kind: 'secret', secret: SECRET },
  issuer: undefined,
  audience: undefined,
}
const tokensWith = (changed: Partial<TokenSettings> = {}) => new Tokens({ ...settings, ...changed }, { now: () => NOW })

const bytes = (text: string) => new TextEncoder().encode(text)
const claims: JWTPayload = { sub: 'lms-7', name: 'Lan', role: 'teacher', iat: SECONDS, exp: SECONDS + 600 }
const signed = (payload: JWTPayload, key: Uint8Array = bytes(SECRET), alg = 'HS256') =>
  new SignJWT(payload).setProtectedHeader({ alg }).sign(key)

/** A token put together by hand, as an attacker would. */
function forged(header: object, payload: object, signature = ''): string {
  const [head, body] = [header, payload].map((part) => Buffer.from(JSON.stringify(part)).toString('base64url'))
  return `${head}.${body}.${signature}`
}

const hmac = (token: string, key: string): string => {
  const input = token.slice(0, token.lastIndexOf('.'))
  return `${input}.${createHmac('sha256', key).update(input).digest('base64url')}`
}

async function refusalOf(tokens: Tokens, token: string): Promise<AppError> {
  const error = await tokens.verify(token).then(
    () => undefined,
    (thrown: unknown) => thrown,
  )
  if (error instanceof AppError) return error
  throw new Error('expected a refusal', { cause: error })
}

describe('a token of an existing system, HS256', () => {
  it('is read into its bearer', async () => {
    const courses = { 'bio-1': 'assistant', 'art-2': 'principal', all: 'teacher', 'no id!': 'teacher' }
    const token = await signed({ ...claims, email: ' Lan@School.example ', courses })
    expect(await tokensWith().verify(token)).toEqual({
      realm: 'external',
      userId: 'lms-7',
      name: 'Lan',
      email: 'lan@school.example',
      role: 'teacher',
      issuedAt: SECONDS,
      expiresAt: NOW + 600_000,
      sessions: new Map(),
      courses: new Map([
        ['bio-1', 'assistant'],
        ['art-2', 'student'],
      ]),
    })
  })

  const lenient: [string, JWTPayload, object][] = [
    ['without a name says none', { sub: 'u', exp: SECONDS + 1 }, { name: undefined }],
    ['with a name of nothing to show says none', { ...claims, name: ' \u0000 ' }, { name: undefined }],
    ['has its name cut before half a letter', { ...claims, name: `${'x'.repeat(99)}😀` }, { name: 'x'.repeat(99) }],
    ['with an unknown role is a student', { ...claims, role: 'root' }, { role: 'student' }],
    ['with a role that is no text is a student', { ...claims, role: ['admin'] }, { role: 'student' }],
    ['with an e-mail that is none has none', { ...claims, email: 'lan' }, { email: null }],
    ['without iat is older than any removal', { sub: 'u', exp: SECONDS + 1 }, { issuedAt: 0 }],
    [
      'with a fraction of a second in iat counts by whole ones',
      { ...claims, iat: SECONDS + 0.9 },
      { issuedAt: SECONDS },
    ],
    ['whose nbf is 4 s ahead is within the tolerance', { ...claims, nbf: SECONDS + 4 }, { userId: 'lms-7' }],
    ['with empty courses is in none', { ...claims, courses: {} }, { courses: new Map() }],
    ['without courses says nothing of them', claims, { courses: undefined }],
  ]
  it.each(lenient)('%s', async (_rule, payload, expected) => {
    expect(await tokensWith().verify(await signed(payload))).toMatchObject(expected)
  })

  it('may name a course __proto__', async () => {
    const payload = `{"sub":"u","exp":${SECONDS + 60},"courses":{"__proto__":"teacher"}}`
    const token = hmac(
      `${Buffer.from('{"alg":"HS256"}').toString('base64url')}.${Buffer.from(payload).toString('base64url')}.`,
      SECRET,
    )
    const { courses } = await tokensWith().verify(token)
    expect([...(courses ?? [])]).toEqual([['__proto__', 'teacher']])
  })
})

describe('UNAUTHENTICATED, with the same message, is a token', () => {
  const many = Object.fromEntries(Array.from({ length: 1001 }, (_, i) => [`c${i}`, 'student']))
  const refused: [string, () => Promise<string> | string, Partial<TokenSettings>?][] = [
    ['of nothing', () => ''],
    ['that is no JWT', () => 'not.a.jwt'],
    ['that is no text of base64', () => '💥.💥.💥'],
    ['with alg none', () => forged({ alg: 'none' }, claims)],
    ['with alg None', () => forged({ alg: 'None' }, claims)],
    ['without alg', () => forged({}, claims)],
    ['of another key', () => signed(claims, bytes('another secret of 32 bytes or more!'))],
    ['of another HMAC', () => signed(claims, bytes(`${SECRET}${SECRET}`), 'HS512')],
    [
      'altered after signing',
      async () =>
        (await signed(claims)).replace(
          /\.[^.]+\./,
          `.${Buffer.from(JSON.stringify({ ...claims, role: 'admin' })).toString('base64url')}.`,
        ),
    ],
    [
      'with a critical header that is not understood',
      () => hmac(forged({ alg: 'HS256', crit: ['x'], x: 1 }, claims), SECRET),
    ],
    ['without exp', () => signed({ sub: 'u' })],
    ['whose exp is text', () => hmac(forged({ alg: 'HS256' }, { ...claims, exp: '9999999999' }), SECRET)],
    ['whose exp no date can tell', () => signed({ ...claims, exp: 1e18 })],
    ['that expired 1 s ago', () => signed({ ...claims, exp: SECONDS - 1 })],
    ['that expires now', () => signed({ ...claims, exp: SECONDS })],
    ['whose nbf is 6 s ahead', () => signed({ ...claims, nbf: SECONDS + 6 })],
    ['without sub', () => signed({ exp: SECONDS + 60 })],
    ['whose sub is a number', () => hmac(forged({ alg: 'HS256' }, { ...claims, sub: 7 }), SECRET)],
    ['whose sub is sfu', () => signed({ ...claims, sub: 'sfu' })],
    ['whose sub is all', () => signed({ ...claims, sub: 'all' })],
    ['whose sub is no id', () => signed({ ...claims, sub: 'a b' })],
    ['whose sub is too long', () => signed({ ...claims, sub: 'x'.repeat(129) })],
    ['whose iat is text', () => hmac(forged({ alg: 'HS256' }, { ...claims, iat: 'now' }), SECRET)],
    ['whose courses is a list', () => signed({ ...claims, courses: ['bio-1'] })],
    ['whose courses is null', () => signed({ ...claims, courses: null })],
    ['with more than 1,000 courses', () => signed({ ...claims, courses: many })],
    ['longer than a header can be', () => signed({ ...claims, padding: 'x'.repeat(LIMITS.token) })],
    ['of another issuer', () => signed({ ...claims, iss: 'elsewhere' }), { issuer: 'lms' }],
    ['without the issuer', () => signed(claims), { issuer: 'lms' }],
    ['for another audience', () => signed({ ...claims, aud: 'elsewhere' }), { audience: 'lectern' }],
    ['without the audience', () => signed(claims), { audience: 'lectern' }],
    ['of an existing system where none is configured', () => signed(claims), { externalKeys: { kind: 'none' } }],
    ['of an existing system that calls itself lectern', () => signed({ ...claims, iss: 'lectern' })],
    ['of the local key without its issuer', () => signed(claims, localKey)],
    ['of the local key with the external issuer', () => signed({ ...claims, iss: 'lms' }, localKey), { issuer: 'lms' }],
  ]
  it.each(refused)('%s', async (_rule, make, changed) => {
    const { code, message, details } = await refusalOf(tokensWith(changed), await make())
    expect({ code, message, details }).toEqual({
      code: 'UNAUTHENTICATED',
      message: 'A valid token is needed.',
      details: undefined,
    })
  })
})

it('a token with the issuer and one of its audiences that are configured is good', async () => {
  const token = await signed({ ...claims, iss: 'lms', aud: ['other', 'lectern'] })
  const tokens = tokensWith({ issuer: 'lms', audience: 'lectern' })
  expect(await tokens.verify(token)).toMatchObject({ realm: 'external', userId: 'lms-7' })
})

describe('a token made here', () => {
  const user = { id: '0197', name: 'Minh', role: 'admin' } as const

  it('is of the local realm, whoever else signs tokens', async () => {
    const tokens = tokensWith({ issuer: 'lms', audience: 'lms' })
    const { token, expiresAt } = await tokens.sign(user)
    const expected = { realm: 'local', userId: '0197', role: 'admin', expiresAt, courses: undefined }
    expect(await tokens.verify(token)).toMatchObject(expected)
    expect(expiresAt).toBe(NOW + 15 * 60_000)
  })

  it('is nothing to another installation', async () => {
    const { token } = await tokensWith().sign(user)
    expect((await refusalOf(tokensWith({ localKey: randomBytes(32) }), token)).code).toBe('UNAUTHENTICATED')
  })

  it('ends at its time, also where it was found good a moment ago', async () => {
    const time = { now: () => time.at, at: NOW }
    const tokens = new Tokens(settings, time)
    const { token, expiresAt } = await tokens.sign(user)
    time.at = expiresAt - 1
    await tokens.verify(token)
    time.at = expiresAt + 6000
    expect((await refusalOf(tokens, token)).code).toBe('UNAUTHENTICATED')
  })
})
