import { expect, it } from 'vitest'
import { CourseLog, ME } from '../../../test/course-log.ts'
import type { OutboxEntry, OutboxState } from '../../outbox/outbox-entry.ts'
import { type FoldedRoom, newRoom } from '../folded-room.ts'
import { foldJoined } from './joining.ts'
import { foldChange, foldMessages } from './messages.ts'
import { foldDiscarded, foldOutbox } from './pending.ts'

const entry = (clientId: string, state: OutboxState = { kind: 'waiting' }): OutboxEntry => ({
  clientId,
  courseId: 'course',
  userId: ME,
  content: { message: clientId },
  createdAt: '',
  state,
})
const failed: OutboxState = { kind: 'failed', code: 'FORBIDDEN', message: 'No.' }
const room = foldJoined(newRoom('course'), new CourseLog().join(undefined))
const shown = ({ pending }: FoldedRoom) => pending.map(({ clientId }) => clientId)
const message = (clientId: string) => new CourseLog().send({ by: ME, clientId })

it('shows what is on its way, in its order, until its message is there', () => {
  const waiting = foldOutbox(room, [entry('a'), entry('b')])
  expect(shown(waiting)).toEqual(['a', 'b'])
  const broadcast = foldChange(waiting, message('a'))
  expect(shown(broadcast)).toEqual(['b'])
  // The outbox still has it: its ack comes after the broadcast.
  expect(shown(foldOutbox(broadcast, [entry('a', { kind: 'sending' }), entry('b')]))).toEqual(['b'])
})

it('never shows neither: what has left the outbox as sent stays until its message comes', () => {
  const left = foldOutbox(foldOutbox(room, [entry('a', { kind: 'sending' }), entry('b')]), [entry('b')])
  expect(shown(left)).toEqual(['a', 'b'])
  const arrived = foldMessages(left, [message('a')])
  expect([shown(arrived), arrived.handedOver]).toEqual([['b'], []])
})

it('lets go of what was taken back', () => {
  const one = foldOutbox(room, [entry('a', failed), entry('b')])
  expect(shown(foldOutbox(one, [entry('b')]))).toEqual(['b'])
  const discarded = foldDiscarded(one, new Set(['b']))
  expect(shown(foldOutbox(discarded, [entry('a', failed)]))).toEqual(['a'])
})
