import { createHmac } from 'node:crypto'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { JwksServer, type SigningKey } from '../../../test/jwks-server.ts'
import { Tokens } from './tokens.ts'

const NOW = Date.UTC(2026, 0, 31, 8, 0, 0)
const MINUTE = 60_000

let jwks: JwksServer
beforeEach(async () => {
  jwks = await JwksServer.start()
})
afterEach(() => jwks[Symbol.asyncDispose]())

function start() {
  const clock = { time: NOW, now: () => clock.time }
  const settings = {
    localKey: new Uint8Array(32).fill(7),
    externalKeys: { kind: 'jwks', url: jwks.url },
    issuer: undefined,
    audience: undefined,
  } as const
  const tokens = new Tokens(settings, clock)
  let serial = 0
  /** A token that nothing has verified before. */
  const fresh = (key: SigningKey, claims: object = {}) =>
    key.sign({ sub: 'an', jti: String(++serial), exp: NOW / 1000 + 7 * 86_400, ...claims })
  const verify = async (key: SigningKey) => tokens.verify(await fresh(key))
  return { clock, tokens, fresh, verify }
}

const unauthenticated = { code: 'UNAUTHENTICATED', message: 'A valid token is needed.' }
const unavailable = { code: 'UNAVAILABLE' }

describe('a token whose key is at JWT_JWKS_URL', () => {
  it.each(['RS256', 'ES256', 'EdDSA'] as const)('is good when signed with %s', async (algorithm) => {
    const { verify } = start()
    expect(await verify(await jwks.addKey(algorithm, 'k1'))).toMatchObject({ realm: 'external', userId: 'an' })
  })

  it('is refused when signed with an algorithm that is not configured', async () => {
    const { verify } = start()
    await expect(verify(await jwks.addKey('PS256', 'k1'))).rejects.toMatchObject(unauthenticated)
  })

  it('is refused when it is an HMAC with a public key for its secret', async () => {
    const { tokens } = start()
    const key = await jwks.addKey('RS256', 'k1')
    const published = await (await fetch(jwks.url)).text()
    const [, payload] = (await key.sign({ sub: 'an', exp: NOW / 1000 + 60 })).split('.')
    const head = Buffer.from(JSON.stringify({ alg: 'HS256', kid: 'k1' })).toString('base64url')
    const mac = createHmac('sha256', published).update(`${head}.${payload}`).digest('base64url')
    await expect(tokens.verify(`${head}.${payload}.${mac}`)).rejects.toMatchObject(unauthenticated)
  })

  it('is refused when its key is not among them, and many such ask for the keys once in ten seconds', async () => {
    const { verify, clock } = start()
    await jwks.addKey('RS256', 'k1')
    const stranger = await jwks.addKey('RS256', 'k2')
    jwks.withdraw(stranger)
    for (let i = 0; i < 5; i++) await expect(verify(stranger)).rejects.toMatchObject(unauthenticated)
    expect(jwks.requests).toBe(1)
    clock.time += 10_000
    for (let i = 0; i < 5; i++) await expect(verify(stranger)).rejects.toMatchObject(unauthenticated)
    expect(jwks.requests).toBe(2)
  })

  it('without a kid is tried with every key of its algorithm', async () => {
    const { verify } = start()
    const [first, second] = [await jwks.addKey('ES256'), await jwks.addKey('ES256')]
    await verify(first)
    await verify(second)
    expect(jwks.requests).toBe(1)
  })
})

describe('a rotation', () => {
  it('is followed at the first token of the new key', async () => {
    const { verify, clock } = start()
    const old = await jwks.addKey('RS256', 'k1')
    await verify(old)
    const next = await jwks.addKey('RS256', 'k2')
    clock.time += 10_000
    await verify(next)
    await verify(old)
    expect(jwks.requests).toBe(2)
  })

  it('is followed where the new key bears the kid of the old one', async () => {
    const { verify, clock } = start()
    const old = await jwks.addKey('EdDSA', 'k')
    await verify(old)
    jwks.withdraw(old)
    const next = await jwks.addKey('EdDSA', 'k')
    clock.time += 10_000
    await verify(next)
    await expect(verify(old)).rejects.toMatchObject(unauthenticated)
  })

  it('ends a withdrawn key when the keys are fetched anew, ten minutes on', async () => {
    const { verify, clock } = start()
    const [old, next] = [await jwks.addKey('RS256', 'k1'), await jwks.addKey('RS256', 'k2')]
    await verify(old)
    jwks.withdraw(old)
    clock.time += 10 * MINUTE + 1
    // Fetched behind this one, which does not wait for it.
    await verify(next)
    const outcome = () =>
      verify(old).then(
        () => 'good',
        ({ code }) => code,
      )
    await expect.poll(outcome).toBe('UNAUTHENTICATED')
    expect(jwks.requests).toBe(2)
  })
})

describe('while the key server cannot be reached', () => {
  it('tokens of known keys stay good for a day', async () => {
    const { verify, clock } = start()
    const key = await jwks.addKey('RS256', 'k1')
    await verify(key)
    jwks.fail()
    clock.time += 23 * 60 * MINUTE
    await verify(key)
    clock.time += 2 * 60 * MINUTE
    await expect(verify(key)).rejects.toMatchObject(unavailable)
  })

  it('the answer is UNAVAILABLE without keys, and for a key that is not known, until it is back', async () => {
    const { verify, clock } = start()
    const key = await jwks.addKey('RS256', 'k1')
    jwks.fail()
    await expect(verify(key)).rejects.toMatchObject(unavailable)
    await expect(verify(key)).rejects.toMatchObject(unavailable)
    expect(jwks.requests).toBe(1)
    jwks.recover()
    clock.time += 10_000
    await verify(key)
    jwks.fail()
    const next = await jwks.addKey('RS256', 'k2')
    clock.time += 10_000
    await expect(verify(next)).rejects.toMatchObject(unavailable)
    await verify(key)
  })

  it('a signature that is wrong for a known key stays UNAUTHENTICATED', async () => {
    const { verify, tokens, fresh, clock } = start()
    const key = await jwks.addKey('RS256', 'k1')
    await verify(key)
    jwks.fail()
    clock.time += 10_000
    const [head, , signature] = (await fresh(key)).split('.')
    const forged = Buffer.from(JSON.stringify({ sub: 'an', role: 'admin', exp: NOW / 1000 + 600 })).toString(
      'base64url',
    )
    await expect(tokens.verify(`${head}.${forged}.${signature}`)).rejects.toMatchObject(unauthenticated)
  })
})
