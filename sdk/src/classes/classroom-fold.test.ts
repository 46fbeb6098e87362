import type { Participant } from '@lectern/protocol'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { answerOf, participantOf, SESSION } from '../../test/class-records.ts'
import {
  type ClassEvent,
  type FoldedClass,
  type FoldedEventName,
  foldAnswer,
  foldEvent,
  handsOf,
} from './classroom-fold.ts'

const sessionId = SESSION.id
const RUNS = Number(process.env['PROPERTY_RUNS'] ?? 200)

type Told = { [Name in FoldedEventName]: { readonly name: Name; readonly event: ClassEvent<Name> } }[FoldedEventName]
const told = <Name extends FoldedEventName>(name: Name, event: ClassEvent<Name>) => ({ name, event }) as Told
const fold = (state: FoldedClass, { name, event }: Told): FoldedClass =>
  foldEvent(state, name, event as ClassEvent<FoldedEventName>)

const ids = ({ participants }: FoldedClass) => participants.map(({ userId }) => userId)

describe('the fold of a class', () => {
  const joined = foldAnswer(answerOf(['an', 'binh']))

  it('RTC13: begins with what the join was answered', () => {
    expect([joined.state, ids(joined), joined.you.userId]).toEqual(['joined', ['an', 'binh', 'me'], 'me'])
  })

  it('RTC12: leaves the lobby with the list of those who are in', () => {
    const lobby = foldAnswer(answerOf([], 'lobby'))
    const me = { ...participantOf('me', 1), displayName: 'Mi' }
    const event = { sessionId, state: 'joined' as const, participants: [participantOf('an'), me] }
    expect(foldEvent(lobby, 'webrtc:participants_list', event)).toMatchObject({ state: 'joined', you: me })
  })

  it('knows of no other class', () => {
    const other = { ...participantOf('chi', 3), sessionId: 'another' }
    expect(foldEvent(joined, 'webrtc:user_joined', other)).toBe(joined)
  })

  it('RTC27: has hands in the order of the server’s clock, whoever joined first', () => {
    const raised = (state: FoldedClass, userId: string, second: number) =>
      foldEvent(state, 'webrtc:hand_raised', { sessionId, userId, raisedAt: `2026-01-01T00:00:0${second}.000Z` })
    const hands = raised(raised(raised(joined, 'me', 3), 'binh', 1), 'an', 2)
    expect(handsOf(hands)).toEqual(['binh', 'an', 'me'])
    expect(handsOf(foldEvent(hands, 'webrtc:hand_lowered', { sessionId, userId: 'an', by: 'an' }))).toEqual([
      'binh',
      'me',
    ])
  })

  it.each(['removed', 'replaced'] as const)('is over for who is %s', (reason) => {
    expect(foldEvent(joined, 'webrtc:user_left', { sessionId, userId: 'me', reason }).left).toBe(reason)
  })

  it('is over when the class is, and stays so', () => {
    const ended = foldEvent(joined, 'webrtc:session_ended', { sessionId })
    expect([ended.left, ended.session.status]).toEqual(['ended', 'ended'])
    expect(foldEvent(ended, 'webrtc:user_left', { sessionId, userId: 'me', reason: 'removed' })).toBe(ended)
  })

  it('says of oneself what is said of the participant that one is', () => {
    const muted = foldEvent(joined, 'webrtc:user_audio_toggled', { sessionId, userId: 'me', enabled: true, by: 'an' })
    expect(muted.you.audio).toBe(true)
    expect(muted.participants.at(-1)).toBe(muted.you)
  })
})

const PEOPLE = ['an', 'binh', 'chi', 'dung']

type Act = {
  readonly userId: string
  readonly kind: 'join' | 'leave' | 'audio' | 'screen' | 'hand'
  readonly on: boolean
}

/** What a server would tell of these acts, in the plainest way: who is there, and what each event says. */
function history(acts: readonly Act[]) {
  const there = new Map<string, Participant>()
  const events: Told[] = []
  let time = 10
  for (const { userId, kind, on } of acts) {
    time += 1
    const known = there.get(userId)
    const person = { sessionId, userId }
    const change = (fields: Partial<Participant>, event: Told) => {
      if (known === undefined) return
      there.set(userId, { ...known, ...fields })
      events.push(event)
    }
    if (kind === 'join' && known === undefined) {
      const participant = participantOf(userId, time)
      there.set(userId, participant)
      events.push(told('webrtc:user_joined', participant))
    } else if (kind === 'leave' && known !== undefined) {
      there.delete(userId)
      events.push(told('webrtc:user_left', { ...person, reason: on ? 'left' : 'disconnected' }))
    } else if (kind === 'audio')
      change({ audio: on }, told('webrtc:user_audio_toggled', { ...person, enabled: on, by: userId }))
    else if (kind === 'screen') {
      change({ screen: on }, told(on ? 'webrtc:screen_share_started' : 'webrtc:screen_share_stopped', person))
    } else if (kind === 'hand') {
      const raisedAt = new Date(time * 1_000).toISOString()
      if (on) change({ handRaisedAt: raisedAt }, told('webrtc:hand_raised', { ...person, raisedAt }))
      else change({ handRaisedAt: null }, told('webrtc:hand_lowered', { ...person, by: userId }))
    }
  }
  return { events, there: [...there.values()] }
}

const acts: fc.Arbitrary<Act[]> = fc.array(
  fc.record({
    userId: fc.constantFrom(...PEOPLE),
    kind: fc.constantFrom('join', 'join', 'leave', 'audio', 'screen', 'hand'),
    on: fc.boolean(),
  }),
  { maxLength: 40, size: 'max' },
)

describe('whatever happens in a class', () => {
  const start = foldAnswer(answerOf([]))

  it('everybody’s list ends as the server’s, in its order', () => {
    fc.assert(
      fc.property(acts, (done) => {
        const { events, there } = history(done)
        const { participants, you } = events.reduce(fold, start)
        expect(participants).toEqual([you, ...there])
      }),
      { numRuns: RUNS },
    )
  })

  it('an event that is folded twice changes nothing', () => {
    fc.assert(
      fc.property(acts, (done) => {
        const { events } = history(done)
        events.reduce((state, event) => {
          const once = fold(state, event)
          expect(fold(once, event)).toBe(once)
          return once
        }, start)
      }),
      { numRuns: RUNS },
    )
  })

  it('what an answer has already, and comes after it all the same, changes nothing', () => {
    fc.assert(
      fc.property(acts, fc.nat(40), (done, from) => {
        const { events, there } = history(done)
        const answer = answerOf([])
        const answered = foldAnswer({ ...answer, participants: [answer.you, ...there] })
        expect(events.slice(from).reduce(fold, answered)).toEqual(answered)
      }),
      { numRuns: RUNS },
    )
  })
})
