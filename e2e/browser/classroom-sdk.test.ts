import { expect, it } from 'vitest'
import { eventually } from '../rig/eventually.ts'
import { openClass } from './class-people.ts'

/** What a busy machine needs for what an idle one does in a few seconds. */
const PATIENCE = { withinMs: 45_000 }

it('two people see and hear each other, share a screen beside the camera, and are back after a reload and a killed server', async () => {
  await using room = await openClass()
  const an = await room.person('an', 'teacher')
  const binh = await room.person('binh')
  await an.enter()
  await binh.enter()
  await an.receives('binh', PATIENCE)
  await binh.receives('an', PATIENCE)
  const { an: firstFrame } = await binh.page.evaluate(() => window.classPage.firstFrames)
  process.stdout.write(`From joining to the first picture: ${firstFrame} ms.\n`)
  await eventually(async () => (await an.look()).speaking, PATIENCE).toContain('binh')

  await binh.page.evaluate(() => window.classPage.media.setMicrophone(false))
  await binh.page.evaluate(() => window.classPage.media.setCamera(false))
  await eventually(() => an.of('binh'), PATIENCE).toMatchObject({ audio: false, video: false })
  await eventually(async () => (await an.look()).speaking, PATIENCE).not.toContain('binh')
  await binh.page.evaluate(() => window.classPage.media.setMicrophone(true))
  await binh.page.evaluate(() => window.classPage.media.setCamera(true))
  await an.receives('binh', PATIENCE)

  await an.page.evaluate(() => window.classPage.room.shareScreen())
  await eventually(async () => (await binh.of('an'))?.screenFrames, PATIENCE).toBeGreaterThan(3)
  const { frames = 0 } = (await binh.of('an')) ?? {}
  await eventually(async () => ((await binh.of('an'))?.frames ?? 0) - frames, PATIENCE).toBeGreaterThan(5)
  await an.page.evaluate(() => window.classPage.room.stopSharing())
  await eventually(async () => (await binh.of('an'))?.screenWidth, PATIENCE).toBe(0)

  await binh.page.evaluate(() => window.classPage.room.raiseHand())
  await binh.enter()
  await an.receives('binh', PATIENCE)
  await binh.receives('an', PATIENCE)
  expect((await binh.look()).hands).toEqual(['binh'])

  await room.server.kill('SIGKILL')
  await eventually(async () => (await an.look()).isOnline, PATIENCE).toBe(false)
  const killedAt = performance.now()
  await room.server.restart()
  for (const person of [an, binh]) await eventually(async () => (await person.look()).isOnline, PATIENCE).toBe(true)
  process.stdout.write(`All are in again ${Math.round(performance.now() - killedAt)} ms after the server was gone.\n`)
  await an.receives('binh', PATIENCE)
  expect(await an.look()).toMatchObject({ status: 'joined', you: ['audio', 'video'], hands: ['binh'] })

  await an.page.evaluate(() => window.classPage.room.mute('binh'))
  await eventually(() => binh.look(), PATIENCE).toMatchObject({ isMuted: true, mutedBy: 'an', you: ['video'] })
  await binh.page.evaluate(() => window.classPage.room.leave())
  expect(await binh.look()).toMatchObject({ status: 'left', left: 'left' })
  await eventually(async () => Object.keys((await an.look()).peers), PATIENCE).toEqual([])
  expect([an.errors, binh.errors]).toEqual([[], []])
}, 240_000)
