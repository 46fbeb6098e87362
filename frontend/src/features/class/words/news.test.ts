import type { Participant } from '@lectern/protocol'
import { describe, expect, it } from 'vitest'
import { type Heard, newsBetween } from './news.ts'

const person = (userId: string, more: Partial<Participant> = {}): Participant => ({
  sessionId: 's',
  userId,
  userName: userId,
  displayName: userId.toUpperCase(),
  role: 'student',
  audio: false,
  video: false,
  screen: false,
  handRaisedAt: null,
  joinedAt: '2026-11-29T08:00:00.000Z',
  ...more,
})

const heard = (people: readonly Participant[], locked = false, you = person('me')): Heard => ({
  you,
  peers: people.map((participant) => ({ participant })),
  session: { locked },
})

describe('what a screen reader is told of a class', () => {
  it('is who came and who went, together', () =>
    expect(
      newsBetween(heard([person('an'), person('mai')]), heard([person('an'), person('ha'), person('bao')])),
    ).toEqual([
      { kind: 'joined', names: ['HA', 'BAO'] },
      { kind: 'left', names: ['MAI'] },
    ]))

  it('is hands, microphones and screens of those who stayed', () => {
    const before = heard([person('an'), person('ha', { audio: true, screen: true })])
    const after = heard([
      person('an', { handRaisedAt: '2026-11-29T08:00:00.000Z', audio: true, screen: true }),
      person('ha'),
    ])
    expect(newsBetween(before, after)).toEqual([
      { kind: 'raised', names: ['AN'] },
      { kind: 'muted', names: ['HA'] },
      { kind: 'unmuted', names: ['AN'] },
      { kind: 'sharing', names: ['AN'] },
      { kind: 'unsharing', names: ['HA'] },
    ])
    expect(newsBetween(after, before)).toContainEqual({ kind: 'lowered', names: ['AN'] })
  })

  it('is the lock', () => {
    expect(newsBetween(heard([]), heard([], true))).toEqual([{ kind: 'locked' }])
    expect(newsBetween(heard([], true), heard([]))).toEqual([{ kind: 'unlocked' }])
  })

  it('is nothing of oneself, of what stays, or of what changed and changed back', () => {
    const raised = person('me', { handRaisedAt: '2026-11-29T08:00:00.000Z' })
    expect(newsBetween(heard([person('an')]), heard([person('an')], false, raised))).toEqual([])
  })

  it('does not say of somebody who came what they came with', () =>
    expect(newsBetween(heard([]), heard([person('an', { audio: true, screen: true })]))).toEqual([
      { kind: 'joined', names: ['AN'] },
    ]))
})
