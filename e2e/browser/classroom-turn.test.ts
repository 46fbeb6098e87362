import { describe, expect, it } from 'vitest'
import { eventually } from '../rig/eventually.ts'
import { openNarrowLink } from '../rig/narrow-link.ts'
import { startTurnServer, turnMissing } from '../rig/turn-server.ts'
import { openClass } from './class-people.ts'

/** What a busy machine needs for what an idle one does in a few seconds. */
const PATIENCE = { withinMs: 45_000 }

describe.skipIf(turnMissing)('by a relay alone', () => {
  it('RTC37: two people see and hear each other with the credentials that the server gives', async () => {
    await using turn = await startTurnServer()
    await using room = await openClass({ TURN_URLS: turn.url, TURN_SECRET: turn.secret })
    const an = await room.person('an', 'teacher')
    const binh = await room.person('binh')
    await an.enter({ relay: true })
    await binh.enter({ relay: true })
    await an.receives('binh', PATIENCE)
    await binh.receives('an', PATIENCE)
    expect([an.errors, binh.errors]).toEqual([[], []])
  })

  it('RTC37: credentials by another secret than the relay’s connect nobody', async () => {
    await using turn = await startTurnServer()
    await using room = await openClass({ TURN_URLS: turn.url, TURN_SECRET: 'not-the-secret-of-the-relay' })
    const an = await room.person('an', 'teacher')
    const binh = await room.person('binh')
    await an.enter({ relay: true })
    await binh.enter({ relay: true })
    // RFC 8489, 9.2.4: who does not authenticate is refused with 401.
    await eventually(() => binh.page.evaluate(() => window.classPage.iceErrors), PATIENCE).toContain(401)
    expect(await binh.of('an')).toMatchObject({ frames: 0, heard: 0 })
    expect((await binh.of('an'))?.link).not.toBe('connected')
  })

  it('on a line of 300 kbit/s sound goes on and pictures get smaller, and they are as before when it is free', async () => {
    await using turn = await startTurnServer()
    await using line = await openNarrowLink(turn.port)
    const url = `turn:127.0.0.1:${line.port}?transport=udp`
    await using room = await openClass({ TURN_URLS: url, TURN_SECRET: turn.secret })
    const an = await room.person('an', 'teacher')
    const binh = await room.person('binh')
    await an.enter({ relay: true })
    await binh.enter({ relay: true })
    await binh.receives('an', PATIENCE)
    await eventually(async () => (await binh.of('an'))?.width, PATIENCE).toBeGreaterThan(320)

    line.setRate(300_000)
    const narrowed = performance.now()
    const before = await binh.of('an')
    await eventually(async () => (await binh.of('an'))?.width ?? 0, PATIENCE).toBeLessThanOrEqual(320)
    const smallAfter = performance.now() - narrowed
    await binh.receives('an', PATIENCE)
    const after = await binh.of('an')
    const lost = (after?.lost ?? 0) - (before?.lost ?? 0)
    const share = lost / (lost + (after?.received ?? 0) - (before?.received ?? 0))

    line.setRate(undefined)
    const freed = performance.now()
    await eventually(async () => (await an.look()).adaptation, { withinMs: 60_000 }).toBe('full')
    await eventually(async () => (await binh.of('an'))?.width, { withinMs: 60_000 }).toBeGreaterThan(320)
    const fullAfter = performance.now() - freed
    process.stdout.write(
      `300 kbit/s: 320 px after ${Math.round(smallAfter)} ms, ${(share * 100).toFixed(1)} % of sound lost; ` +
        `as before ${Math.round(fullAfter)} ms after it is free.\n`,
    )
    expect(share).toBeLessThan(0.03)
  }, 180_000)
})
