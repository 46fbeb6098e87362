import { describe, expect, it } from 'vitest'
import { type SeatStore, Seats, type StoredSeat } from './seats.ts'

const back = (id: string) => ({ id, offset: { courseId: 'another', rev: 1 } })

const nothing = async (): Promise<void> => undefined

function seatsAt(start: number, stored: StoredSeat[] = []) {
  const clock = { time: start, now: () => clock.time }
  const store: SeatStore = {
    take: nothing,
    leave: nothing,
    park: nothing,
    release: nothing,
    checkPoint: nothing,
    all: async () => stored,
  }
  const fail = (error: unknown): never => {
    throw error
  }
  return { clock, seats: new Seats({ clock, store, moved: () => [], failed: fail }) }
}

const seat = (over: Partial<StoredSeat>): StoredSeat => ({
  connectionId: 'old',
  courseId: 'c1',
  userId: 'an',
  userName: 'An',
  enteredRev: 1,
  reachedRev: 3,
  parkedAt: null,
  sentRev: null,
  ...over,
})

describe('rooms that a connection left by a drop', () => {
  it('are taken up by the next connection of the same person, once', () => {
    const { seats } = seatsAt(0)
    seats.park('old', 'an', [{ courseId: 'c1', entered: 2, rev: 7 }])
    expect(seats.claim('binh', undefined)).toEqual([])
    expect(seats.claim('an', undefined)).toEqual([{ courseId: 'c1', rev: 7 }])
    expect(seats.claim('an', undefined)).toEqual([])
  })

  it('are still there for the client whose they were when another took them up first', () => {
    const { seats } = seatsAt(0)
    seats.park('tab', 'an', [{ courseId: 'c1', entered: 0, rev: 7 }])
    seats.claim('an', undefined)
    expect(seats.claim('an', back('tab'))).toEqual([{ courseId: 'c1', rev: 7 }])
    expect(seats.claim('an', back('tab'))).toEqual([])
  })

  it('go back to the tab that was in them, when several tabs dropped', () => {
    const { seats } = seatsAt(0)
    seats.park('tab1', 'an', [{ courseId: 'c1', entered: 0, rev: 1 }])
    seats.park('tab2', 'an', [{ courseId: 'c2', entered: 0, rev: 2 }])
    expect(seats.claim('an', back('tab2'))).toEqual([{ courseId: 'c2', rev: 2 }])
    expect(seats.claim('an', back('tab1'))).toEqual([{ courseId: 'c1', rev: 1 }])
  })

  it('are all there when the connection was lost while it took them up, one parked after the other', () => {
    const { seats } = seatsAt(0)
    seats.park('old', 'an', [{ courseId: 'c1', entered: 0, rev: 7 }])
    seats.park('old', 'an', [{ courseId: 'c2', entered: 0, rev: 1 }])
    expect(seats.claim('an', back('old'))).toHaveLength(2)
  })

  it('are gone after 2 minutes', () => {
    const { clock, seats } = seatsAt(0)
    seats.park('old', 'an', [{ courseId: 'c1', entered: 0, rev: 7 }])
    clock.time = 120_000
    expect(seats.claim('an', back('old'))).toEqual([])
  })

  it('are gone for a course that the person was removed from', () => {
    const { seats } = seatsAt(0)
    seats.park('old', 'an', [
      { courseId: 'c1', entered: 0, rev: 7 },
      { courseId: 'c2', entered: 0, rev: 1 },
    ])
    seats.forget('an', 'c1')
    expect(seats.claim('an', back('old'))).toEqual([{ courseId: 'c2', rev: 1 }])
  })
})

describe('what was sent and lost on its way', () => {
  const left = { courseId: 'c1', entered: 2, rev: 7 }

  it('is sent again after the last change that the client says it has handled', () => {
    const { seats } = seatsAt(0)
    seats.park('old', 'an', [left])
    expect(seats.claim('an', { id: 'old', offset: { courseId: 'c1', rev: 5 } })).toEqual([{ courseId: 'c1', rev: 5 }])
  })

  it('is all that came since the entrance when the client has handled nothing, or only what came before it', () => {
    const { seats } = seatsAt(0)
    seats.park('old', 'an', [left])
    expect(seats.claim('an', { id: 'old', offset: undefined })).toEqual([{ courseId: 'c1', rev: 2 }])
    seats.park('older', 'an', [left])
    expect(seats.claim('an', { id: 'older', offset: { courseId: 'c1', rev: 1 } })).toEqual([{ courseId: 'c1', rev: 2 }])
  })

  it('is not known of a course that the client does not speak of', () => {
    const { seats } = seatsAt(0)
    seats.park('old', 'an', [left])
    expect(seats.claim('an', { id: 'old', offset: { courseId: 'c2', rev: 5 } })).toEqual([{ courseId: 'c1', rev: 7 }])
  })
})

describe('after the server died', () => {
  it('a seat goes on from the last check point of its room', async () => {
    const { seats } = seatsAt(1_000, [seat({ sentRev: 9 })])
    await seats.load()
    expect(seats.claim('an', back('old'))).toEqual([{ courseId: 'c1', rev: 9 }])
  })

  it('a seat that was parked before goes on from where it was parked, until its 2 minutes are over', async () => {
    const stored = [
      seat({ parkedAt: 1_000, sentRev: 9 }),
      seat({ connectionId: 'older', courseId: 'c2', parkedAt: -119_500 }),
    ]
    const { seats } = seatsAt(1_000, stored)
    await seats.load()
    expect(seats.claim('an', undefined)).toEqual([{ courseId: 'c1', rev: 3 }])
  })
})
