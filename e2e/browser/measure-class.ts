// How long it takes to see somebody after joining, and who speaks: `npm run measure:class`, on a machine that does
// nothing else.
import { cpus, loadavg } from 'node:os'
import { openClass } from './class-people.ts'
import { openClassStage } from './class-stage.ts'
import { outlinedAt } from './controlled-devices.ts'

const JOINS = 5
const WORDS = 5

/** Milliseconds from joining to the teacher's first picture, on a page with nothing but a class. */
async function joining(): Promise<readonly number[]> {
  await using room = await openClass()
  const teacher = await room.person('teacher', 'teacher')
  await teacher.enter()
  const times: number[] = []
  for (let join = 0; join < JOINS; join += 1) {
    const student = await room.person(`student-${join}`)
    await student.enter()
    const first = await student.page.waitForFunction(() => window.classPage.firstFrames['teacher'])
    times.push((await first.jsonValue()) ?? Number.NaN)
    await student.page.evaluate(() => window.classPage.room.leave())
    await student.context.close()
  }
  return times
}

/** Milliseconds from the first sound of the teacher to the outline around them, in the web client of a student. */
async function speaking(): Promise<readonly number[]> {
  await using stage = await openClassStage()
  const plan = await stage.planned('Measured')
  const [an] = plan.students
  if (an === undefined) throw new Error('The classroom has a student.')
  await using teacher = await stage.withDevices(plan, plan.teacher)
  await using student = await stage.inside(plan, an)
  await student.room.plays(teacher.id)
  const outline = student.page.locator(`[data-tile="${teacher.id}"][data-speaking]`)
  const times: number[] = []
  for (let word = 0; word < WORDS; word += 1) {
    await outline.waitFor({ state: 'detached' })
    const outlined = outlinedAt(student.page, teacher.id)
    const spoke = await teacher.devices.speak(true)
    times.push(Math.round((await outlined) - spoke))
    await teacher.devices.speak(false)
  }
  return times
}

const median = (times: readonly number[]): number =>
  times.toSorted((one, other) => one - other)[Math.floor(times.length / 2)] ?? Number.NaN

const joins = await joining()
const words = await speaking()
const [load] = loadavg()

process.stdout.write(`
| from | to | median | each |
| --- | --- | --- | --- |
| joining | the other's first picture | ${median(joins)} ms | ${joins.join(', ')} ms |
| somebody's first sound | the outline around them | ${median(words)} ms | ${words.join(', ')} ms |

${cpus().length} × ${cpus()[0]?.model.trim()}, load ${load?.toFixed(1)}
`)
