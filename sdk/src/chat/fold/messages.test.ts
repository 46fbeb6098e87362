import { describe, expect, it } from 'vitest'
import { CourseLog, ME } from '../../../test/course-log.ts'
import { fileRecord } from '../../../test/file-record.ts'
import { type FoldedRoom, newRoom } from '../folded-room.ts'
import { foldJoined } from './joining.ts'
import { foldChange, foldDeletion, foldMessages, foldOwnDeletion, foldPage } from './messages.ts'
import { foldTyping } from './typing.ts'
import { foldMark, foldUnread, foldUser } from './unread.ts'

/** Entered when the log was empty, with all that has been written since. */
function roomOf(log: CourseLog): FoldedRoom {
  const entered = foldUser(foldJoined(newRoom('course'), new CourseLog().join(undefined)), ME)
  const { messages, meta } = log.page(1, log.lastSeq)
  return foldPage(foldUnread(entered, log.unread(0), true), messages, meta)
}

describe('messages', () => {
  it('are kept as the newest rev has them', () => {
    const log = new CourseLog()
    log.send({ by: 'ann' })
    const edited = log.change('m1', 'edit')
    const room = foldMessages(roomOf(log), [log.version(1)])
    expect(room.timeline.at(1)).toEqual(edited)
  })

  it('that are deleted are blank, in every copy of them too', () => {
    const log = new CourseLog()
    log.send({ by: 'ann', text: 'secret' })
    log.change('m1', 'react')
    log.change('m1', 'pin')
    log.change('m1', 'edit')
    log.send({ by: 'bao', replyTo: 'm1' })
    const room = foldDeletion(roomOf(log), { id: 'm1', seq: 1, rev: 6, deleted_at: 'then' })
    expect(room.timeline.at(1)).toMatchObject({ message: '', file: null, reactions: [], pinned_at: null, rev: 6 })
    expect(room.timeline.at(2)?.reply_to).toMatchObject({ message: '', deleted_at: 'then', user_name: 'ann' })
  })

  it('stay unloaded when they are deleted unseen, and are blank when an older answer brings them', () => {
    const log = new CourseLog()
    log.send({ by: 'ann', text: 'secret' })
    log.send({ by: 'bao', replyTo: 'm1' })
    const entered = foldJoined(newRoom('course'), log.join(undefined))
    const deleted = foldDeletion(entered, { id: 'm1', seq: 1, rev: 3, deleted_at: 'then' })
    expect(deleted.timeline.at(1)).toBeUndefined()
    const { messages, meta } = log.page(1, 2)
    const { timeline, unseenDeletions } = foldPage(deleted, messages, meta)
    expect(timeline.at(1)).toMatchObject({ message: '', deleted_at: 'then', rev: 3 })
    expect(timeline.at(2)?.reply_to).toMatchObject({ message: '', deleted_at: 'then' })
    expect(unseenDeletions.size).toBe(0)
  })

  it('show an original as it is, whichever of the two came first', () => {
    const log = new CourseLog()
    log.send({ by: 'ann' })
    const reply = log.send({ by: 'bao', replyTo: 'm1' })
    log.change('m1', 'edit')
    const original = log.version(3)
    for (const order of [
      [reply, original],
      [original, reply],
    ]) {
      const room = order.reduce(foldChange, foldJoined(newRoom('course'), new CourseLog().join(undefined)))
      expect(room.timeline.at(2)?.reply_to?.message).toBe('edited at 3')
    }
  })

  it('bear their file as it is now: renamed, moved, deleted', () => {
    const log = new CourseLog()
    log.send({ by: 'ann', text: '', file: fileRecord() })
    const room = roomOf(log)
    const renamed = log.change('m1', 'rename_file')
    if (renamed === undefined) throw new Error('It was renamed.')
    const told = foldChange(room, renamed)
    expect(told.timeline.at(1)?.file).toMatchObject({ id: 'f-1', original_name: 'renamed at 2.png' })
    expect(told.unread).toBe(1)
    const deleted = foldChange(told, log.change('m1', 'delete_file') ?? renamed)
    const file = { id: 'f-1', original_name: 'renamed at 2.png', deleted: true }
    expect(deleted.timeline.at(1)).toMatchObject({ file, message_type: 'image', deleted_at: null })
    // An answer that was read before.
    expect(foldMessages(deleted, [renamed])).toBe(deleted)
  })

  it('that are deleted bear no file, whatever is heard of it later', () => {
    const log = new CourseLog()
    const sent = log.send({ by: 'ann', file: fileRecord() })
    const deleted = foldDeletion(roomOf(log), { id: 'm1', seq: 1, rev: 2, deleted_at: 'then' })
    expect(deleted.timeline.at(1)?.file).toBeNull()
    expect(foldMessages(deleted, [sent]).timeline.at(1)?.file).toBeNull()
  })

  it('of a person end their typing', () => {
    const log = new CourseLog()
    const person = { courseId: 'course', userName: 'Ann', isTyping: true }
    const typing = ['ann', 'bao'].reduce((room, userId) => foldTyping(room, { ...person, userId }), roomOf(log))
    const room = foldChange(typing, log.send({ by: 'ann' }))
    expect(room.typing.map(({ userId }) => userId)).toEqual(['bao'])
  })

  it('whose deletion was acked take the time of the broadcast, which may come after', () => {
    const log = new CourseLog()
    const { id, seq } = log.send({ by: ME })
    const room = foldOwnDeletion(roomOf(log), { id, seq, rev: 2, course_id: 'course' }, 'by this clock')
    expect(room.timeline.at(1)?.deleted_at).toBe('by this clock')
    const told = foldDeletion(room, { id, seq, rev: 2, deleted_at: 'by the server' })
    expect(told.timeline.at(1)?.deleted_at).toBe('by the server')
    expect(foldOwnDeletion(told, { id, seq, rev: 2, course_id: 'course' }, 'later')).toBe(told)
  })
})

describe('what is unread', () => {
  it("is others' messages above the mark, neither deleted nor the system's", () => {
    const log = new CourseLog()
    log.send({ by: 'ann' })
    log.send({ by: ME })
    log.send({ by: 'Lectern', isSystem: true })
    log.send({ by: 'bao', mentions: [ME] })
    log.send({ by: 'bao', mentions: ['all', 'ann'] })
    log.send({ by: 'ann', mentions: ['bao'] })
    const room = roomOf(log)
    expect(room).toMatchObject({ unread: 4, mentions: 2, countTrust: 'exact' })
    const deletion = { id: 'm4', seq: 4, rev: 7, deleted_at: 'then' }
    expect(foldDeletion(room, deletion)).toMatchObject({ unread: 3, mentions: 1, countTrust: 'exact' })
    expect(foldMark(room, 4)).toMatchObject({ unread: 2, mentions: 1, lastReadSeq: 4 })
    expect(foldMark(foldMark(room, 4), 2)).toMatchObject({ lastReadSeq: 4 })
  })

  it('is the server’s count where not all is loaded, until something changes that it may not have', () => {
    const log = new CourseLog()
    for (let sent = 0; sent < 9; sent++) log.send({ by: 'ann' })
    const entered = foldUser(foldJoined(newRoom('course'), log.join(undefined)), ME)
    const told = foldUnread(entered, log.unread(0), true)
    expect(told).toMatchObject({ unread: 9, countTrust: 'told' })
    expect(foldChange(told, log.send({ by: 'bao' }))).toMatchObject({ unread: 10, countTrust: 'unknown' })
    expect(foldDeletion(told, { id: 'm1', seq: 1, rev: 10, deleted_at: 'then' })).toMatchObject({
      countTrust: 'unknown',
    })
    const { messages, meta } = log.page(1, 10)
    expect(foldPage(told, messages, meta)).toMatchObject({ unread: 10, countTrust: 'exact' })
  })

  it('ignores an answer that knows less of the mark', () => {
    const log = new CourseLog()
    log.send({ by: 'ann' })
    log.send({ by: 'ann' })
    const read = foldMark(roomOf(log), 2)
    expect(foldUnread(read, log.unread(1), true)).toMatchObject({ unread: 0, lastReadSeq: 2 })
  })
})
