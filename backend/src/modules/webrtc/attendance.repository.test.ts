import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import {
  ended,
  entered,
  left,
  live,
  openTestAttendance,
  raised,
  type TestAttendance,
  type TestClass,
} from '../../../test/classes/open-attendance.ts'
import { people } from '../../../test/people.repository.ts'

let test: TestAttendance
let lesson: TestClass

beforeAll(async () => {
  test = await openTestAttendance()
})
afterAll(() => test[Symbol.asyncDispose]())
beforeEach(async () => {
  lesson = await test.makeClass()
})

const intervals = async (of = lesson) =>
  (await of.stored()).intervals.map(({ userId, from, to, isEntry }) => [userId, from, to, isEntry])
const spans = async (of = lesson) => (await of.stored()).spans.map(({ from, to }) => [from, to])

describe('what is recorded', () => {
  it('RTC38: an interval goes from entering to leaving', async () => {
    await lesson.record(live(1_000), entered('an', 2_000))
    expect(await intervals()).toEqual([['an', 2_000, null, true]])
    await lesson.record(left('an', 9_000), entered('an', 10_000), left('an', 11_000), ended(12_000))
    expect(await intervals()).toEqual([
      ['an', 2_000, 9_000, true],
      ['an', 10_000, 11_000, true],
    ])
    expect(await spans()).toEqual([[1_000, 12_000]])
  })

  it('RTC38: who is there enters no second time, and who is not there does not leave', async () => {
    await lesson.record(live(0), entered('an', 1_000), entered('an', 2_000), left('binh', 3_000), left('an', 4_000))
    await lesson.record(left('an', 5_000), ended(6_000), ended(7_000))
    expect(await intervals()).toEqual([['an', 1_000, 4_000, true]])
    expect(await spans()).toEqual([[0, 6_000]])
  })

  it('an interval lies within a span: nobody enters before it, or stays after it', async () => {
    await lesson.record(live(5_000), entered('an', 4_000), entered('binh', 6_000))
    await lesson.record(left('an', 3_000), ended(8_000))
    expect(await intervals()).toEqual([
      ['an', 5_000, 5_000, true],
      ['binh', 6_000, 8_000, true],
    ])
    await expect(lesson.record(entered('chi', 9_000))).rejects.toThrow(/not live/)
  })

  it('RTC42: each raising of a hand counts', async () => {
    await lesson.record(live(0), entered('an', 0), raised('an', 1), raised('an', 2), raised('binh', 3))
    expect((await lesson.stored()).people.map(({ userId, handsRaised }) => [userId, handsRaised])).toEqual([
      ['an', 2],
      ['binh', 1],
    ])
  })

  it('RTC42: a span knows where the chat of the course began and ended, whatever the clock says', async () => {
    const { courseId } = lesson
    const chat = (lastSeq: number) => test.database.write(people.advance, { courseId, lastSeq })
    await chat(7)
    await lesson.record(live(9_000))
    await chat(12)
    await test.repository.recover(2_000)
    await chat(15)
    await lesson.record(ended(3_000))
    expect((await lesson.stored()).spans).toMatchObject([
      { afterSeq: 7, upToSeq: 12 },
      { afterSeq: 12, upToSeq: 15 },
    ])
  })

  it('a class that is reopened begins another span', async () => {
    await lesson.record(live(0), ended(1_000), live(50_000), entered('an', 50_000), ended(60_000))
    expect(await spans()).toEqual([
      [0, 1_000],
      [50_000, 60_000],
    ])
  })
})

describe('RTC39: a server that was killed', () => {
  it('has left everybody at their last sign of life, and begins a new span of what is live', async () => {
    const over = await test.makeClass()
    await lesson.record(live(0), entered('an', 1_000), entered('binh', 2_000))
    await over.record(live(0), entered('an', 1_000))
    await over.says('ended')
    await test.repository.heartbeat({ at: 10_000, absent: [{ sessionId: lesson.sessionId, userId: 'binh' }] })
    await test.repository.recover(100_000)
    expect(await intervals()).toEqual([
      ['an', 1_000, 10_000, true],
      ['binh', 2_000, 2_000, true],
    ])
    expect(await spans()).toEqual([
      [0, 10_000],
      [100_000, null],
    ])
    expect(await spans(over)).toEqual([[0, 10_000]])
    await lesson.record(entered('an', 103_000, false))
    expect((await intervals()).at(-1)).toEqual(['an', 103_000, null, false])
  })

  it('starts where the clock went back meanwhile, and what was measured before stays', async () => {
    await lesson.record(live(500_000), entered('an', 500_000))
    await test.repository.heartbeat({ at: 510_000, absent: [] })
    await test.repository.recover(20_000)
    await lesson.record(entered('an', 21_000, false))
    await test.repository.heartbeat({ at: 31_000, absent: [] })
    await lesson.record(left('an', 33_000), ended(34_000))
    expect((await lesson.stored()).intervals.map(({ from, to }) => (to ?? 0) - from)).toEqual([10_000, 12_000])
  })

  it('a heartbeat leaves alone what has ended, and is never late for one who just came', async () => {
    await lesson.record(live(0), entered('an', 1_000), left('an', 2_000), entered('an', 9_000))
    await test.repository.heartbeat({ at: 8_000, absent: [] })
    await test.repository.recover(50_000)
    expect(await intervals()).toEqual([
      ['an', 1_000, 2_000, true],
      ['an', 9_000, 9_000, true],
    ])
  })
})

it('RTC43: a correction stands beside what was counted, and is taken back by none', async () => {
  await lesson.record(live(0), entered('an', 0), raised('an', 1))
  const { sessionId } = lesson
  await test.repository.correct({ sessionId, userId: 'an', status: 'late', note: 'Xe hỏng', by: 'thay', at: 5 })
  const said = { userId: 'an', handsRaised: 1, status: 'late', note: 'Xe hỏng', correctedBy: 'thay' }
  expect((await lesson.stored()).people).toEqual([said])
  await test.repository.correct({ sessionId, userId: 'an', status: null, note: 'forgotten', by: 'thay', at: 6 })
  expect((await lesson.stored()).people).toEqual([{ ...said, status: null, note: null, correctedBy: null }])
})
