import { describe, expect, it } from 'vitest'
import { CourseLog } from '../../test/course-log.ts'
import { PagedTimeline } from './paged-timeline.ts'

function logOf(count: number): CourseLog {
  const log = new CourseLog()
  for (let seq = 1; seq <= count; seq++) log.send({ by: 'ann', clientId: `c${seq}` })
  return log
}

function timelineOf(log: CourseLog, seqs: readonly number[]): PagedTimeline {
  const draft = new PagedTimeline(0).draft()
  draft.growTo(log.lastSeq)
  for (const message of log.read()) if (seqs.includes(message.seq)) draft.put(message)
  return draft.done()
}

describe('a paged timeline', () => {
  it('knows what is loaded by place and by id, and how far it goes', () => {
    const timeline = timelineOf(logOf(200), [1, 64, 65, 200])
    expect([1, 2, 64, 65, 66, 200, 201, 0].map((seq) => timeline.at(seq)?.id)).toEqual([
      'm1',
      undefined,
      'm64',
      'm65',
      undefined,
      'm200',
      undefined,
      undefined,
    ])
    expect([timeline.find('m65')?.seq, timeline.find('m66'), timeline.lastSeq]).toEqual([65, undefined, 200])
  })

  it('names what is missing as ranges, within the bounds asked for', () => {
    const log = logOf(300)
    const all = Array.from({ length: 300 }, (_, index) => index + 1)
    const holes = new Set([5, 6, 64, 65, 130])
    const timeline = timelineOf(
      log,
      all.filter((seq) => !holes.has(seq) && (seq < 193 || seq > 256)),
    )
    expect([...timeline.missing(1, 300)]).toEqual([
      { from: 5, to: 6 },
      { from: 64, to: 65 },
      { from: 130, to: 130 },
      { from: 193, to: 256 },
    ])
    expect([...timeline.missing(6, 200)]).toEqual([
      { from: 6, to: 6 },
      { from: 64, to: 65 },
      { from: 130, to: 130 },
      { from: 193, to: 200 },
    ])
    expect(timeline.isLoaded(257, 300)).toBe(true)
    expect(timeline.isLoaded(256, 300)).toBe(false)
    expect(timeline.isLoaded(301, 300)).toBe(true)
  })

  it('never changes: what is put makes a new one, and the pages between are shared', () => {
    const log = logOf(3)
    const before = timelineOf(log, [1, 2])
    const draft = before.draft()
    draft.put(log.version(3))
    const after = draft.done()
    expect([before.at(3), before.find('m3')]).toEqual([undefined, undefined])
    expect(after.find('m3')?.seq).toBe(3)
    expect(after.at(1)).toBe(before.at(1))
    expect(before.draft().done()).toBe(before)
  })
})
