import { describe, expect, it } from 'vitest'
import { answerOf, participantOf, SESSION } from '../../test/class-records.ts'
import { ClassServer, ScriptedMedia } from '../../test/class-server.ts'
import { until } from '../../test/until.ts'
import { LecternError } from '../errors.ts'
import type { Classroom, ClassroomState, InClass } from './classroom.types.ts'
import { LiveClassroom } from './live-classroom.ts'

const sessionId = SESSION.id
const refusal = (code: 'CONFLICT' | 'FORBIDDEN', details: Record<string, unknown>) =>
  new LecternError(code, 'No.', { details })

function start() {
  const server = new ClassServer()
  const media = new ScriptedMedia()
  const classroom = new LiveClassroom({ sessionId, media, options: {}, ports: server.ports })
  return { server, media, classroom, [Symbol.dispose]: () => classroom.close() }
}

async function joined() {
  const rig = start()
  rig.server.goOnline()
  await rig.classroom.join()
  await seen(rig.classroom)
  return rig
}

const isIn = (state: ClassroomState): state is InClass => state.status === 'joined'
const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))

/** What a page is shown when all has settled. */
async function seen(classroom: Classroom): Promise<InClass> {
  await settled()
  const state = classroom.getSnapshot()
  if (!isIn(state)) throw new Error(`Is ${state.status}.`)
  return state
}

describe('a classroom', () => {
  it('does nothing until it is joined', () => {
    using rig = start()
    rig.server.goOnline()
    expect([rig.classroom.getSnapshot(), rig.server.emitted]).toEqual([{ status: 'idle' }, []])
  })

  it('RTC13: joins as soon as there is a connection, and has the others in the order of joining', async () => {
    using rig = start()
    await rig.media.setMicrophone(true)
    const entered = rig.classroom.join({ displayName: 'Mi' })
    expect(rig.classroom.getSnapshot()).toEqual({ status: 'joining' })
    rig.server.goOnline()
    await entered
    const { peers, signal, you } = await seen(rig.classroom)
    expect(peers.map(({ participant }) => participant.userId)).toEqual(['an', 'binh'])
    expect([signal, you.userId]).toEqual(['online', 'me'])
    expect(rig.server.emitted[0]?.payload).toMatchObject({ sessionId, displayName: 'Mi', audio: true, video: false })
  })

  it('RTC19: joins each connection anew, as the page that it was', async () => {
    using rig = await joined()
    rig.server.goOffline()
    expect((await seen(rig.classroom)).signal).toBe('recovering')
    rig.server.goOnline()
    expect((await seen(rig.classroom)).signal).toBe('online')
    const [first, second] = rig.server.payloads('webrtc:join_session')
    expect(first?.['instanceId']).toMatch(/./)
    expect(second?.['instanceId']).toBe(first?.['instanceId'])
  })

  it('hurries the connection while it is in a class, but not while there is no network', async () => {
    using rig = await joined()
    rig.server.goOffline({ offline: true })
    rig.server.clock.advance(5_000)
    expect(rig.server.hurried).toBe(0)
    rig.server.goOffline()
    rig.server.clock.advance(300)
    expect(rig.server.hurried).toBe(1)
    await rig.classroom.leave()
    rig.server.goOffline()
    rig.server.clock.advance(5_000)
    expect(rig.server.hurried).toBe(1)
  })

  it('RTC11, RTC12: waits in the lobby, and is in when the list comes', async () => {
    using rig = start()
    rig.server.answer = { ...answerOf([], 'lobby'), topology: 'sfu' }
    rig.server.goOnline()
    await rig.classroom.join()
    await until(rig.classroom, ({ status }) => status === 'lobby')
    const participants = [participantOf('an'), participantOf('me', 1)]
    rig.server.tell('webrtc:participants_list', { sessionId, state: 'joined', participants })
    expect((await seen(rig.classroom)).peers.map(({ participant }) => participant.userId)).toEqual(['an'])
  })

  it('loses nothing that comes before the answer to its join is read', async () => {
    using rig = start()
    rig.server.joining = async () => {
      rig.server.tell('webrtc:user_joined', participantOf('chi', 9))
      return rig.server.answer
    }
    rig.server.goOnline()
    await rig.classroom.join()
    expect((await seen(rig.classroom)).peers.map(({ participant }) => participant.userId)).toEqual([
      'an',
      'binh',
      'chi',
    ])
  })

  it.each([
    ['webrtc:user_left', { sessionId, userId: 'me', reason: 'replaced' }, 'replaced'],
    ['webrtc:user_left', { sessionId, userId: 'me', reason: 'removed' }, 'removed'],
    ['webrtc:session_ended', { sessionId }, 'ended'],
  ] as const)('is left for good when told %s %j', async (name, event, kind) => {
    using rig = await joined()
    if (name === 'webrtc:user_left') rig.server.tell(name, event)
    else rig.server.tell(name, event)
    expect(rig.classroom.getSnapshot()).toEqual({ status: 'left', reason: { kind } })
    rig.server.goOffline()
    rig.server.goOnline()
    expect(rig.server.payloads('webrtc:join_session').length).toBe(1)
  })

  it('RTC31: says why it was refused, and may be joined again', async () => {
    using rig = start()
    const error = refusal('FORBIDDEN', { reason: 'locked' })
    rig.server.joining = () => Promise.reject(error)
    rig.server.goOnline()
    await expect(rig.classroom.join()).rejects.toBe(error)
    expect(rig.classroom.getSnapshot()).toEqual({ status: 'left', reason: { kind: 'refused', error } })
    rig.server.joining = async () => rig.server.answer
    await rig.classroom.join()
    expect((await seen(rig.classroom)).status).toBe('joined')
  })

  it('RTC32: has ended for who comes back to an ended one', async () => {
    using rig = await joined()
    rig.server.joining = () => Promise.reject(refusal('CONFLICT', { reason: 'ended' }))
    rig.server.goOffline()
    rig.server.goOnline()
    await until(rig.classroom, ({ status }) => status === 'left')
    expect(rig.classroom.getSnapshot()).toEqual({ status: 'left', reason: { kind: 'ended' } })
  })

  it('RTC20: takes its leave of the server', async () => {
    using rig = await joined()
    await rig.classroom.leave()
    expect(rig.server.payloads('webrtc:leave_session')).toEqual([{ sessionId }])
    expect(rig.classroom.getSnapshot()).toEqual({ status: 'left', reason: { kind: 'left' } })
  })
})

describe('what one does in it', () => {
  it('RTC25: tells of microphone and camera as they are switched', async () => {
    using rig = await joined()
    await rig.media.setMicrophone(true)
    await rig.media.setCamera(true)
    const { you } = await seen(rig.classroom)
    expect([you.audio, you.video]).toEqual([true, true])
    await rig.media.setMicrophone(false)
    expect((await seen(rig.classroom)).you.audio).toBe(false)
    expect(rig.server.payloads('webrtc:toggle_audio').map(({ enabled }) => enabled)).toEqual([true, false])
  })

  it('tells after a loss what was switched meanwhile', async () => {
    using rig = await joined()
    rig.server.goOffline()
    await rig.media.setMicrophone(true)
    rig.server.goOnline()
    expect((await seen(rig.classroom)).you.audio).toBe(true)
  })

  it('RTC33: switches a camera off again that was one too many, and says so, at the join as later', async () => {
    using rig = start()
    await rig.media.setCamera(true)
    rig.server.joining = async ({ payload }) => {
      if (payload['video'] === true) throw refusal('CONFLICT', { limit: 4 })
      return rig.server.answer
    }
    rig.server.goOnline()
    await rig.classroom.join()
    expect(await seen(rig.classroom)).toMatchObject({ cameraLimit: 4, you: { video: false } })
    rig.classroom.acknowledge()
    rig.server.answering = () => Promise.reject(refusal('CONFLICT', { limit: 4 }))
    await rig.media.setCamera(true)
    expect((await seen(rig.classroom)).cameraLimit).toBe(4)
    expect(rig.media.getSnapshot().camera.status).toBe('off')
  })

  it('RTC28: is muted when staff asks, until the person unmutes', async () => {
    using rig = await joined()
    await rig.media.setMicrophone(true)
    await settled()
    rig.server.tell('webrtc:mute_requested', { sessionId, by: 'an' })
    expect(await seen(rig.classroom)).toMatchObject({ mutedBy: 'an', you: { audio: false } })
    expect(rig.media.getSnapshot().isMuted).toBe(true)
    expect(rig.server.payloads('webrtc:toggle_audio').length).toBe(1)
    await rig.media.setMicrophone(true)
    expect(await seen(rig.classroom)).toMatchObject({ mutedBy: undefined, you: { audio: true } })
  })

  it('RTC27: has one’s own hand in the queue by the server’s time', async () => {
    using rig = await joined()
    rig.server.answering = () => ({ raisedAt: '2026-01-01T00:00:02.000Z' })
    await rig.classroom.raiseHand()
    rig.server.tell('webrtc:hand_raised', { sessionId, userId: 'an', raisedAt: '2026-01-01T00:00:01.000Z' })
    expect((await seen(rig.classroom)).hands).toEqual(['an', 'me'])
    await rig.classroom.lowerHand()
    expect((await seen(rig.classroom)).hands).toEqual(['an'])
    expect(rig.server.payloads('webrtc:raise_hand')).toEqual([{ sessionId }])
  })

  it('RTC26: takes back the screen that the page before it shared, since a page that is new shows none', async () => {
    using rig = start()
    const { you, participants } = rig.server.answer
    const sharing = { ...you, screen: true }
    const others = participants.filter(({ userId }) => userId !== you.userId)
    rig.server.answer = { ...rig.server.answer, you: sharing, participants: [...others, sharing] }
    rig.server.goOnline()
    await rig.classroom.join()
    expect((await seen(rig.classroom)).you.screen).toBe(false)
    expect(rig.server.payloads('webrtc:screen_share_stop')).toEqual([{ sessionId }])
  })

  it('is refused where one is not in the class', async () => {
    using rig = start()
    await expect(rig.classroom.raiseHand()).rejects.toMatchObject({ code: 'CONFLICT' })
    await expect(rig.classroom.shareScreen()).rejects.toMatchObject({ code: 'CONFLICT' })
  })
})

it('what has not changed is the same object', async () => {
  using rig = await joined()
  const before = await seen(rig.classroom)
  rig.server.tell('webrtc:user_audio_toggled', { sessionId, userId: 'an', enabled: true, by: 'an' })
  const after = await seen(rig.classroom)
  expect(after.peers[0]).not.toBe(before.peers[0])
  expect(after.peers[1]).toBe(before.peers[1])
  expect([after.hands, after.speaking, after.adaptation]).toEqual([before.hands, before.speaking, before.adaptation])
})
