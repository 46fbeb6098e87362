import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { eventually } from '../rig/eventually.ts'
import { fillCourse } from './full-course.ts'
import { type ChatPage, chatPage } from './pages/chat-page.ts'
import { heapOf, scrollFor } from './scrolling.ts'
import { type Classroom, openStage, type Stage } from './stage.ts'

const MESSAGES = 50_000
/** What a tall screen shows, and as much again on either side. */
const ROWS = 120
const SCROLLING_MS = 10_000
const HEAP_BYTES = 80 * 2 ** 20

describe(`a course in which ${MESSAGES} messages were said`, () => {
  let stage: Stage
  let classroom: Classroom
  beforeAll(async () => {
    stage = await openStage({}, { whole: true })
    classroom = await stage.classroom('Much was said', ['An', 'Bình', 'Châu', 'Dung'])
    await fillCourse(stage.server, classroom.students, classroom.course.id, MESSAGES)
  }, 120_000)
  afterAll(() => stage[Symbol.asyncDispose]())

  const open = async (seq: number) => {
    const person = await stage.enter(classroom.teacher, { at: `/courses/${classroom.course.id}?at=${seq}` })
    const chat = chatPage(person.page)
    await rowOf(chat, seq).waitFor()
    return { person, chat }
  }

  it('opens in its midst, and stays there while what is around it is loaded', async () => {
    const { person, chat } = await open(25_000)
    await using _person = person
    const before = await placeOf(chat, 25_000)
    await chat.list.hover()
    await person.page.mouse.wheel(0, -40)
    await eventually(() => chat.list.locator('[data-index]:not(:has(article))').count()).toBe(0)
    expect(Math.abs((await placeOf(chat, 25_000)) - before - 40)).toBeLessThan(4)
    expect(person.errors).toEqual([])
  })

  it('keeps its place when older messages are loaded above it', async () => {
    const { person, chat } = await open(25_000)
    await using _person = person
    await chat.list.hover()
    let seq = 25_000
    for (let page = 0; page < 8; page += 1) {
      await person.page.mouse.wheel(0, -700)
      seq = await topmost(chat)
      const place = await placeOf(chat, seq)
      await rowOf(chat, seq).waitFor()
      expect(Math.abs((await placeOf(chat, seq)) - place)).toBeLessThan(4)
    }
    expect(seq).toBeLessThan(24_950)
    expect(person.errors).toEqual([])
  })

  it('goes to its beginning and to its end', async () => {
    const { person, chat } = await open(25_000)
    await using _person = person
    await chat.list.press('Home')
    await rowOf(chat, 1).waitFor()
    await chat.list.getByText('This is where the conversation begins.').waitFor()
    await chat.list.press('End')
    await rowOf(chat, MESSAGES).waitFor()
    expect(person.errors).toEqual([])
  })

  it('gives the tools to the message under the mouse once it stands still', async () => {
    const { person, chat } = await open(25_000)
    await using _person = person
    await chat.list.hover()
    await chat.list.locator('[data-tools]').waitFor()
    const before = await seqWithTools(chat)
    await person.page.mouse.wheel(0, -3000)
    await eventually(async () => [undefined, before].includes(await seqWithTools(chat))).toBe(false)
    expect(person.errors).toEqual([])
  })

  it('is scrolled through with few rows in the page, and little memory', async () => {
    const { person, chat } = await open(MESSAGES)
    await using _person = person
    const figures = await scrollFor(chat, SCROLLING_MS)
    const heap = await heapOf(person.page)
    // How long tasks take depends on what else the machine does: `npm run measure:scroll` is for that.
    process.stdout.write(`${JSON.stringify({ ...figures, heapMiB: Math.round(heap / 2 ** 20) })}\n`)
    expect(figures.mostRows).toBeGreaterThan(5)
    expect(figures.mostRows).toBeLessThan(ROWS)
    expect(heap).toBeLessThan(HEAP_BYTES)
    expect(person.errors).toEqual([])
  })
})

const rowOf = ({ list }: ChatPage, seq: number) => list.locator(`article[aria-posinset="${seq}"]`)

/** How far below the top of the list a message is, in pixels. */
const placeOf = (chat: ChatPage, seq: number): Promise<number> =>
  rowOf(chat, seq).evaluate((row) => {
    const list = row.closest('[role=feed]')
    return row.getBoundingClientRect().top - (list?.getBoundingClientRect().top ?? 0)
  })

/** The first message that is wholly below the top of the list. */
const topmost = ({ list }: ChatPage): Promise<number> =>
  list.evaluate((feed) => {
    const { top } = feed.getBoundingClientRect()
    const rows = [...feed.querySelectorAll('article')]
    const first = rows.find((row) => row.getBoundingClientRect().top >= top)
    return Number(first?.getAttribute('aria-posinset') ?? 0)
  })

/** Of the message under the mouse, if it has the tools. */
const seqWithTools = ({ list }: ChatPage): Promise<string | undefined> =>
  list.evaluate((feed) => feed.querySelector<HTMLElement>('[data-seq]:hover:has([data-tools])')?.dataset['seq'])
