import { expect, it } from 'vitest'
import { eventually } from '../rig/eventually.ts'
import { type Attendee, openClass } from './class-people.ts'

/** Four pages encode and decode twelve streams, on the two cores that also run the server. */
const PATIENCE = { withinMs: 60_000 }

/** Resolves when each of them satisfies it. */
const all = async (people: readonly Attendee[], see: (person: Attendee) => Promise<unknown>): Promise<void> => {
  await Promise.all(people.map(see))
}

it('four people each see and hear each of the others, and see the same', async () => {
  await using room = await openClass({ SESSION_GRACE_MS: '8000' })
  const an = await room.person('an', 'teacher')
  const binh = await room.person('binh')
  const chi = await room.person('chi')
  const dung = await room.person('dung')
  const everybody = [an, binh, chi, dung]
  for (const person of everybody) await person.enter()
  for (const person of everybody) {
    for (const other of everybody) if (other !== person) await person.receives(other.userId, PATIENCE)
  }

  await binh.page.evaluate(() => window.classPage.media.setMicrophone(false))
  await binh.page.evaluate(() => window.classPage.media.setCamera(false))
  await all([an, chi, dung], (person) =>
    eventually(() => person.of('binh'), PATIENCE).toMatchObject({ audio: false, video: false }),
  )

  await an.page.evaluate(() => window.classPage.room.shareScreen())
  await all([binh, chi, dung], (person) =>
    eventually(async () => (await person.of('an'))?.screenFrames, PATIENCE).toBeGreaterThan(2),
  )

  for (const person of [dung, binh, chi]) await person.page.evaluate(() => window.classPage.room.raiseHand())
  await all(everybody, (person) =>
    eventually(async () => (await person.look()).hands, PATIENCE).toEqual(['dung', 'binh', 'chi']),
  )

  // A page that is loaded again is within the grace: nobody sees a leave, and its hand keeps its place.
  await chi.enter()
  await an.receives('chi', PATIENCE)
  expect((await an.look()).hands).toEqual(['dung', 'binh', 'chi'])

  // One that is closed without a word is gone after it.
  await dung.context.close()
  await all([an, binh, chi], (person) =>
    eventually(async () => Object.keys((await person.look()).peers), PATIENCE).not.toContain('dung'),
  )

  await an.page.evaluate(() => window.classPage.room.remove('binh'))
  await eventually(() => binh.look(), PATIENCE).toMatchObject({ status: 'left', left: 'removed' })
  await all([an, chi], (person) =>
    eventually(async () => Object.keys((await person.look()).peers), PATIENCE).not.toContain('binh'),
  )
  expect(everybody.flatMap(({ errors }) => errors)).toEqual([])
}, 240_000)
