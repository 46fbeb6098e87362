import { SESSION_ROUTES } from '@lectern/protocol'
import { expect, it } from 'vitest'
import type {
  ClassMember,
  MediaEngine,
  MediaListener,
  Signal,
} from '../../src/modules/webrtc/media/media-engine.types.ts'
import { startTestServer } from '../harness/start-test-server.ts'
import { TestClass } from './test-class.ts'

/** A media server in this process: it takes classes over when it is told to, and answers every offer. */
class TestEngine implements MediaEngine {
  readonly heard: string[] = []
  readonly #carried = new Set<string>()
  #listener: MediaListener | undefined

  start(listener: MediaListener): void {
    this.#listener = listener
  }

  carry(sessionId: string): void {
    this.#carried.add(sessionId)
    this.#listener?.changed(sessionId)
  }

  media(sessionId: string) {
    return this.#carried.has(sessionId)
      ? { topology: 'sfu' as const, limits: { participants: 100, cameras: 30 } }
      : { topology: 'mesh' as const, limits: { participants: 2, cameras: 1 } }
  }

  opened = (sessionId: string) => this.#hear('opened', sessionId)
  closed = (sessionId: string) => this.#hear('closed', sessionId)
  joined = ({ userId }: ClassMember) => this.#hear('joined', userId)
  reset = ({ userId }: ClassMember) => this.#hear('reset', userId)
  left = ({ userId }: ClassMember) => this.#hear('left', userId)

  async signal(from: ClassMember, signal: Signal): Promise<void> {
    this.#hear(signal.kind, from.userId)
    if (signal.kind === 'offer')
      this.#listener?.signal(from, { kind: 'answer', answer: { type: 'answer', sdp: `answer to ${signal.offer.sdp}` } })
  }

  async close(): Promise<void> {
    this.#hear('closed', 'engine')
  }

  #hear(what: string, whom: string): void {
    this.heard.push(`${what} ${whom}`)
  }
}

const env = { LIMIT_EVENTS_PER_SEC: '0' }

it('RTC33 RTC13: a media server that takes a class over is told to its people, and brings its own limits', async () => {
  const engine = new TestEngine()
  await using server = await startTestServer({ env, engine })
  const live = await TestClass.plan(server)
  const people = await live.enterAll('teacher', 'an')
  const binh = await live.connect('binh')
  const full = { error: { code: 'CONFLICT', details: { limit: 2 } } }
  expect(await binh.emit('webrtc:join_session', live.target)).toMatchObject(full)
  engine.carry(live.sessionId)
  for (const client of people)
    expect(await client.next('webrtc:topology_changed')).toEqual({ ...live.target, topology: 'sfu' })
  expect(await live.join(binh)).toMatchObject({ topology: 'sfu', participants: [{}, {}, {}] })
})

it('RTC21 RTC22: what is addressed to `sfu` reaches the media server, whose answer comes from `sfu` to that person alone', async () => {
  const engine = new TestEngine()
  await using server = await startTestServer({ env, engine })
  const live = await TestClass.plan(server)
  engine.carry(live.sessionId)
  const [teacher, an] = await live.enterAll('teacher', 'an')
  const to = { ...live.target, targetUserId: 'sfu' } as const
  await an.call('webrtc:offer', { ...to, offer: { type: 'offer', sdp: 'mine' } })
  expect(await an.next('webrtc:answer_received')).toEqual({
    ...live.target,
    fromUserId: 'sfu',
    answer: { type: 'answer', sdp: 'answer to mine' },
  })
  await an.call('webrtc:ice_candidate', { ...to, candidate: null })
  await teacher.settled()
  expect(teacher.received('webrtc:answer_received')).toEqual([])
  const outside = await live.connect('outside')
  const offer = { type: 'offer', sdp: 'x' } as const
  expect(await outside.emit('webrtc:offer', { ...to, offer })).toMatchObject({ error: { code: 'CONFLICT' } })
  expect(engine.heard.slice(-2)).toEqual([`offer ${live.id('an')}`, `candidate ${live.id('an')}`])
})

it('RTC19 RTC34: a media server hears who is there, in the order of what is on disk, and after a restart again', async () => {
  const engine = new TestEngine()
  await using server = await startTestServer({ env, engine })
  const live = await TestClass.plan(server)
  engine.carry(live.sessionId)
  const [teacher, an] = [live.id('teacher'), live.id('an')]
  await live.enter('an')
  await live.enter('teacher')
  const second = await live.enter('an', { instanceId: 'another page' })
  await second.call('webrtc:leave_session', live.target)
  await second.settled()
  const before = [`opened ${live.sessionId}`, `joined ${teacher}`, `joined ${an}`, `reset ${an}`, `left ${an}`]
  expect(engine.heard).toEqual(before)
  await server.restart()
  expect(engine.heard).toEqual([...before, 'closed engine', `opened ${live.sessionId}`, `joined ${teacher}`])
  await live.enter('teacher', { instanceId: 'a third page' })
  await (await live.api('teacher')).call(SESSION_ROUTES.endSession, { params: live.target })
  const client = await live.connect('teacher')
  await client.settled()
  expect(engine.heard.slice(-3)).toEqual([`reset ${teacher}`, `left ${teacher}`, `closed ${live.sessionId}`])
})
