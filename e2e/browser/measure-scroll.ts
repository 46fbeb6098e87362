// What ten seconds of scrolling through 50,000 messages cost: `npm run measure:scroll`, on a machine that does nothing else.
import { cpus, loadavg } from 'node:os'
import { fillCourse } from './full-course.ts'
import { chatPage } from './pages/chat-page.ts'
import { heapOf, scrollFor } from './scrolling.ts'
import { openStage } from './stage.ts'

const MESSAGES = 50_000
const SCROLLING_MS = 10_000

await using stage = await openStage({}, { whole: true })
const { course, students, teacher } = await stage.classroom('Much was said', ['An', 'Bình', 'Châu', 'Dung'])
const startedAt = performance.now()
await fillCourse(stage.server, students, course.id, MESSAGES)
const filling = (performance.now() - startedAt) / 1000
await using person = await stage.enter(teacher, { at: `/courses/${course.id}?at=${MESSAGES}` })
const chat = chatPage(person.page)
await chat.list.locator(`article[aria-posinset="${MESSAGES}"]`).waitFor()
const [load] = loadavg()
const { seconds, frames, frameP99, longTasks, mostRows } = await scrollFor(chat, SCROLLING_MS)
const heap = await heapOf(person.page)
const longest =
  longTasks.length === 0 ? 'none over 50 ms' : `${Math.max(...longTasks)} ms, ${longTasks.length} over 50 ms`

process.stdout.write(`
| scrolling through ${MESSAGES} messages | |
| --- | --- |
| time | ${seconds.toFixed(1)} s |
| frames | ${frames} (${(frames / seconds).toFixed(0)} a second) |
| time between two frames, p99 | ${frameP99.toFixed(0)} ms |
| longest task of the main thread | ${longest} |
| messages in the page, at most | ${mostRows} |
| memory of the page's script | ${(heap / 2 ** 20).toFixed(0)} MiB |
| storing the messages before | ${filling.toFixed(0)} s |
| machine | ${cpus().length} × ${cpus()[0]?.model.trim()}, load ${load?.toFixed(1)} |
`)
