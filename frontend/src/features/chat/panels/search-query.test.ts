import { expect, test } from 'vitest'
import { NO_FILTERS, searchQueryOf } from './search-query.ts'

test('what is not filtered by is left out', () => {
  expect(searchQueryOf('thi', NO_FILTERS)).toEqual({ q: 'thi' })
  expect(searchQueryOf('thi', { ...NO_FILTERS, userId: 'u1', type: 'announcement' })).toEqual({
    q: 'thi',
    user_id: 'u1',
    type: 'announcement',
  })
})

test('days are those of this zone, the last one whole', () => {
  expect(searchQueryOf('thi', { ...NO_FILTERS, from: '2026-02-27', to: '2026-02-28' })).toEqual({
    q: 'thi',
    from: new Date(2026, 1, 27).toISOString(),
    to: new Date(2026, 2, 1).toISOString(),
  })
})

test.each(['', '0002-01-01', '2026-1'])('%j is no day yet', (day) => {
  expect(searchQueryOf('thi', { ...NO_FILTERS, from: day, to: day })).toEqual({ q: 'thi' })
})
