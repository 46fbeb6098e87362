import { expect, it } from 'vitest'
import { AppError } from '../../shared/errors.ts'
import { logCursor, logPage, positionBefore } from './cursor.ts'

const cursorOf = (direction: 'before' | 'after') => logPage([5, 4, 3], 2, direction, (item) => item).nextCursor ?? ''

it('a cursor goes on where its page ended, the same way', () => {
  expect(logCursor(cursorOf('before'))).toEqual({ direction: 'before', position: 4 })
  expect(logCursor(cursorOf('after'))).toEqual({ direction: 'after', position: 4 })
})

it('a list that goes back in time takes no cursor of one that goes on', () => {
  expect(positionBefore(cursorOf('before'))).toBe(4)
  expect(positionBefore(undefined)).toBeUndefined()
  expect(() => positionBefore(cursorOf('after'))).toThrow(AppError)
})

it.each(['', 'x', '💥', btoa('["before",-1]'), btoa('["before",1.5]'), btoa('["sideways",1]'), btoa('{}')])(
  'what no answer has borne is no cursor: %j',
  (text) => expect(() => logCursor(text)).toThrow(AppError),
)
