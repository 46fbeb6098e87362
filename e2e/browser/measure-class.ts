// How long it takes to see somebody after joining: `npm run measure:class`, on a machine that does nothing else.
import { cpus, loadavg } from 'node:os'
import { openClass } from './class-people.ts'

const JOINS = 5

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
const sorted = times.toSorted((one, other) => one - other)
const [load] = loadavg()

process.stdout.write(`
| from joining to the other's first picture | |
| --- | --- |
| median of ${JOINS} | ${sorted[Math.floor(JOINS / 2)]} ms |
| each | ${times.join(', ')} ms |
| machine | ${cpus().length} × ${cpus()[0]?.model.trim()}, load ${load?.toFixed(1)} |
`)
