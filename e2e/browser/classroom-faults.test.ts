import { setTimeout as pause } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import { eventually } from '../rig/eventually.ts'
import { startFaultProxy } from '../rig/fault-proxy/fault-proxy.ts'
import { openNarrowLink } from '../rig/narrow-link.ts'
import { startTurnServer, turnMissing } from '../rig/turn-server.ts'
import { openClass } from './class-people.ts'
import { type Comer, openClassStage, pathOf } from './class-stage.ts'

/** What a busy machine needs for what an idle one does in a few seconds. */
const PATIENCE = { withinMs: 60_000 }
const GONE_MS = 5_000
/** RTC39. */
const RIGHT_TO_S = 15

describe.skipIf(turnMissing)('somebody whose network is gone for five seconds', () => {
  it('RTC18, RTC38: is missed by nobody, has picture and sound again, and one attendance without a hole', async () => {
    await using turn = await startTurnServer()
    await using line = await openNarrowLink(turn.port)
    const environment = { TURN_URLS: `turn:127.0.0.1:${line.port}?transport=udp`, TURN_SECRET: turn.secret }
    await using room = await openClass(environment)
    await using network = await startFaultProxy(room.server.url)
    const an = await room.person('an', 'teacher')
    const binh = await room.person('binh')
    await an.enter({ relay: true })
    await binh.enter({ relay: true, url: network.url })
    const enteredAt = performance.now()
    await an.receives('binh', PATIENCE)
    await binh.receives('an', PATIENCE)
    await binh.page.evaluate(() => window.classPage.room.raiseHand())
    const left = await an.page.evaluateHandle(() => {
      const seen: string[][] = []
      window.classPage.room.subscribe(() => {
        const state = window.classPage.room.getSnapshot()
        if (state.status === 'joined') seen.push(state.peers.map(({ participant }) => participant.userId))
      })
      return seen
    })

    line.setCut(true)
    network.refuse()
    network.cutAll()
    await eventually(async () => (await binh.look()).isOnline, PATIENCE).toBe(false)
    // The fault itself: that long there is no network.
    await pause(GONE_MS)
    line.setCut(false)
    await network.accept()
    const backAt = performance.now()
    await eventually(async () => (await binh.look()).isOnline, PATIENCE).toBe(true)
    await binh.receives('an', PATIENCE)
    await an.receives('binh', PATIENCE)
    process.stdout.write(`Picture and sound again ${Math.round(performance.now() - backAt)} ms after the network.\n`)

    expect((await an.look()).hands).toEqual(['binh'])
    expect((await left.jsonValue()).filter((present) => !present.includes('binh'))).toEqual([])
    const present = (performance.now() - enteredAt) / 1000
    const record = (await room.attendance()).find(({ user_id }) => user_id === 'binh')
    expect(record).toMatchObject({ joins: 1, intervals: [{ left_at: null }] })
    expect(Math.abs((record?.total_seconds ?? 0) - present)).toBeLessThan(RIGHT_TO_S)
    expect([an.errors, binh.errors]).toEqual([[], []])
  }, 240_000)
})

/** All media through the relay, whose line the test can cut: this machine has no other network between two pages. */
const relayed = ({ page }: Comer) =>
  page.addInitScript(() => {
    window.RTCPeerConnection = class extends RTCPeerConnection {
      constructor(configuration?: RTCConfiguration) {
        super({ ...configuration, iceTransportPolicy: 'relay' })
      }
    }
  })

it.skipIf(turnMissing)(
  'RTC18: a page whose network is gone for five seconds says so, comes back without a click, and nobody saw it leave',
  async () => {
    await using turn = await startTurnServer()
    await using line = await openNarrowLink(turn.port)
    const environment = { TURN_URLS: `turn:127.0.0.1:${line.port}?transport=udp`, TURN_SECRET: turn.secret }
    await using stage = await openClassStage(environment, { whole: true })
    await using network = await startFaultProxy(stage.url)
    const plan = await stage.planned('Without a network')
    const [an] = plan.students
    if (an === undefined) throw new Error('The classroom has a student.')
    await using teacher = await stage.atDoor(plan, plan.teacher, { at: '/' })
    await using student = await stage.atDoor(plan, an, { at: '/', url: network.url })
    for (const [person, url] of [
      [teacher, stage.url],
      [student, network.url],
    ] as const) {
      await relayed(person)
      await person.page.goto(`${url}${pathOf(plan)}`)
      await person.room.enter()
    }
    await teacher.room.plays(student.id)
    await student.room.plays(teacher.id)
    await student.page.keyboard.press('h')
    await teacher.room.hand(student.id, 1).waitFor()
    const missed = await teacher.page.evaluateHandle((id) => {
      const seen: string[] = []
      const look = () => {
        if (document.querySelector(`[data-tile="${id}"]`) === null) seen.push('The tile was gone.')
        const said = document.querySelector('[data-announcer]')?.textContent ?? ''
        if (said.includes('Left: An')) seen.push(said)
      }
      new MutationObserver(look).observe(document.body, { subtree: true, childList: true, characterData: true })
      return seen
    }, student.id)

    line.setCut(true)
    network.refuse()
    network.cutAll()
    await student.room.told('notice.recovering').waitFor()
    // The fault itself: that long there is no network.
    await pause(GONE_MS)
    line.setCut(false)
    await network.accept()
    const backAt = performance.now()
    await student.room.told('notice.recovering').waitFor({ state: 'detached' })
    await Promise.all([student.room.plays(teacher.id), teacher.room.plays(student.id)])
    process.stdout.write(`Both pictures go on ${Math.round(performance.now() - backAt)} ms after the network.\n`)

    await teacher.room.hand(student.id, 1).waitFor()
    expect(await missed.jsonValue()).toEqual([])
    expect([...student.errors, ...teacher.errors]).toEqual([])
  },
  240_000,
)

it('RTC34: a server that is killed and started again has everybody in again, without a click, as they were', async () => {
  await using stage = await openClassStage({}, { whole: true })
  await using both = await stage.together('Killed')
  const { teacher, student } = both
  await student.page.keyboard.press('h')
  await teacher.room.hand(student.id, 1).waitFor()
  await teacher.page.keyboard.press('m')
  await student.room.mutedMark(teacher.id).waitFor()
  await student.room.plays(teacher.id)

  await stage.server.kill('SIGKILL')
  const killedAt = performance.now()
  for (const { room } of [teacher, student]) await room.told('notice.recovering').waitFor()
  // What is between the two needs no server.
  await student.room.plays(teacher.id)
  await stage.server.restart()
  for (const { room } of [teacher, student]) await room.told('notice.recovering').waitFor({ state: 'detached' })
  process.stdout.write(
    `Both are in again ${Math.round(performance.now() - killedAt)} ms after the server was killed.\n`,
  )

  await teacher.room.hand(student.id, 1).waitFor()
  await student.room.mutedMark(teacher.id).waitFor()
  await student.page.keyboard.press('h')
  await teacher.room.hand(student.id, 1).waitFor({ state: 'detached' })
  await teacher.page.keyboard.press('m')
  await student.room.mutedMark(teacher.id).waitFor({ state: 'detached' })
  await student.room.plays(teacher.id)
  await teacher.room.plays(student.id)
  expect([...student.errors, ...teacher.errors]).toEqual([])
}, 240_000)
