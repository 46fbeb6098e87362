import { expect, it } from 'vitest'
import { CourseLog, EPOCH, ME } from '../../../test/course-log.ts'
import { type FoldedRoom, newRoom } from '../folded-room.ts'
import { foldJoined } from './joining.ts'
import { foldChange, foldPage } from './messages.ts'
import { foldUser } from './unread.ts'

const LOADED = 50_000
const CHANGES = 2_000
const MOST_MICROSECONDS = 50

/** Every message of a course is loaded. */
function fullRoom(): FoldedRoom {
  const sample = new CourseLog().send({ by: 'ann' })
  const messages = Array.from({ length: LOADED }, (_, index) => {
    const seq = index + 1
    return { ...sample, id: `m${seq}`, seq, rev: seq }
  })
  const meta = { limit: LOADED, next_cursor: null, last_seq: LOADED, last_rev: LOADED, epoch: EPOCH }
  const answer = { ...new CourseLog().join(undefined), lastSeq: LOADED, lastRev: LOADED }
  return foldPage(foldUser(foldJoined(newRoom('course'), answer), ME), messages, meta)
}

/** The middle one: a machine that is busy with something else slows some. */
function medianMicroseconds(act: (turn: number) => void): number {
  const times = Array.from({ length: CHANGES }, (_, turn) => {
    const startedAt = performance.now()
    act(turn)
    return (performance.now() - startedAt) * 1_000
  })
  return times.toSorted((a, b) => a - b)[CHANGES / 2] ?? 0
}

it(`folds one change into ${LOADED} messages in under ${MOST_MICROSECONDS} µs`, () => {
  let room = fullRoom()
  const change = (turn: number, seq: number) => {
    const message = room.timeline.at(seq) ?? room.timeline.at(1)
    if (message === undefined) throw new Error('The room is empty.')
    room = foldChange(room, { ...message, id: `m${seq}`, seq, rev: LOADED + turn + 1 })
  }
  const scattered = medianMicroseconds((turn) => change(turn, 1 + ((turn * 7_919) % LOADED)))
  const appended = medianMicroseconds((turn) => change(CHANGES + turn, LOADED + turn + 1))
  process.stdout.write(`a fold among ${LOADED}: ${scattered.toFixed(1)} µs scattered, ${appended.toFixed(1)} µs new\n`)
  expect(room.timeline.lastSeq).toBe(LOADED + CHANGES)
  expect(scattered).toBeLessThan(MOST_MICROSECONDS)
  expect(appended).toBeLessThan(MOST_MICROSECONDS)
})
