import { describe, expect, it } from 'vitest'
import { noticesOf } from './notices.ts'

const FINE = {
  signal: 'online',
  screen: { status: 'off' },
  mutedBy: undefined,
  cameraLimit: undefined,
  adaptation: { step: 'full' },
} as const
const QUIET = { microphone: { status: 'off' }, camera: { status: 'off' }, unplugged: undefined } as const

const kinds = (...args: Parameters<typeof noticesOf>) => noticesOf(...args).map(({ kind }) => kind)

describe('what one is told of one’s own part in a class', () => {
  it('is nothing while all is well', () => expect(noticesOf(FINE, QUIET)).toEqual([]))

  it('is what was done so that sound goes on, and why', () => {
    expect(noticesOf({ ...FINE, adaptation: { step: 'fewer_pixels', height: 180, reason: 'loss' } }, QUIET)).toEqual([
      { kind: 'fewerPixels', reason: 'loss' },
    ])
    expect(noticesOf({ ...FINE, adaptation: { step: 'video_off', reason: 'bandwidth' } }, QUIET)).toEqual([
      { kind: 'videoOff', reason: 'bandwidth' },
    ])
  })

  it('begins with the connection to the server', () =>
    expect(kinds({ ...FINE, signal: 'recovering', mutedBy: 'hanh', cameraLimit: 4 }, QUIET)).toEqual([
      'recovering',
      'mutedBy',
      'cameraLimit',
    ]))

  it('is a device that was unplugged, and whether another took its place', () => {
    expect(noticesOf(FINE, { ...QUIET, unplugged: 'microphone' })).toEqual([
      { kind: 'unplugged', device: 'microphone', hasOther: false },
    ])
    const failed = { status: 'failed', problem: 'missing' } as const
    expect(noticesOf(FINE, { ...QUIET, camera: failed, unplugged: 'camera' })).toEqual([
      { kind: 'unplugged', device: 'camera', hasOther: false },
    ])
    expect(noticesOf(FINE, { ...QUIET, camera: failed })).toEqual([
      { kind: 'device', device: 'camera', problem: 'missing' },
    ])
  })

  it('is a screen that cannot be shared, but not one that was not chosen', () => {
    expect(kinds({ ...FINE, screen: { status: 'failed', problem: 'taken' } }, QUIET)).toEqual(['screen'])
    expect(kinds({ ...FINE, screen: { status: 'failed', problem: 'denied' } }, QUIET)).toEqual([])
  })
})
