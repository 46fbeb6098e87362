import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { cutPage, decodeCursor, encodeCursor } from './cursor.ts'

const place = z.tuple([z.int(), z.string()])

describe('a cursor', () => {
  it('comes back as the place that it was made of, whatever its text', () => {
    expect(decodeCursor(encodeCursor([7, 'Đào “tạo” 😀']), place)).toEqual([7, 'Đào “tạo” 😀'])
  })

  it('fits a URL as it stands', () => {
    const cursor = encodeCursor([7, '>>>???~~~'])
    expect(encodeURIComponent(cursor)).toBe(cursor)
  })

  it.each(['', '!', 'AAAA', encodeCursor(null), encodeCursor({}), encodeCursor(['7', 'x']), encodeCursor([7, 'x', 1])])(
    'is refused where no such list wrote it: %j',
    (cursor) => {
      expect(() => decodeCursor(cursor, place)).toThrow(expect.objectContaining({ code: 'VALIDATION_FAILED' }))
    },
  )
})

describe('a page', () => {
  const number = (value: number) => value

  it('goes on after its last item where one more was found', () => {
    const page = cutPage([1, 2, 3], 2, number)
    expect(page.items).toEqual([1, 2])
    expect(decodeCursor(page.nextCursor ?? '', z.int())).toBe(2)
  })

  it.each([[[]], [[1]], [[1, 2]]])('ends the list where none was: %j', (found) => {
    expect(cutPage<number>(found, 2, number)).toEqual({ items: found, nextCursor: null })
  })
})
