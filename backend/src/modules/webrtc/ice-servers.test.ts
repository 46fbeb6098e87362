import { expect, it } from 'vitest'
import { IceServers } from './ice-servers.ts'

const turn = { urls: ['turn:turn.example.org'], secret: 'north' }
const clock = { now: () => 1_433_891_400_999 }

it('RTC37: a TURN credential is the HMAC-SHA1 of its name, which says until when it counts and whose it is', () => {
  const { iceServers, expiresAt } = new IceServers({ stunUrls: ['stun:a', 'stun:b'], turn }, clock).for('an')
  // By `printf 1433895000:an | openssl dgst -sha1 -hmac north -binary | base64`.
  const credential = 'T6fYcX7JaT7EnmT1ih5+/OzYexM='
  expect(iceServers).toEqual([
    { urls: ['stun:a', 'stun:b'] },
    { urls: ['turn:turn.example.org'], username: '1433895000:an', credential },
  ])
  expect(expiresAt).toBe('2015-06-10T00:10:00.000Z')
})

it('RTC37: without TURN no credential ends, and without STUN there is none', () => {
  const ice = new IceServers({ stunUrls: [], turn: undefined }, clock)
  expect(ice.for('an')).toEqual({ iceServers: [], expiresAt: null })
  expect(ice.stun()).toEqual([])
})
