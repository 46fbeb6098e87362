import { describe, expect, it } from 'vitest'
import { placeOf } from './place.ts'

const said = (at: string, fields: Partial<Parameters<typeof placeOf>[0]> = {}): Parameters<typeof placeOf>[0] => ({
  user_id: 'u1',
  user_name: 'Lan',
  message_type: 'text',
  deleted_at: null,
  reply_to_id: null,
  // Without an offset: a time of this machine's zone, as days are.
  created_at: new Date(at).toISOString(),
  ...fields,
})

const NOON = '2026-03-02T12:00:00'

describe('the place of a message', () => {
  it('goes on under the same name within five minutes', () => {
    expect(placeOf(said('2026-03-02T12:04:59'), said(NOON), false)).toEqual({ opensDay: false, isGrouped: true })
    expect(placeOf(said('2026-03-02T12:05:00'), said(NOON), false).isGrouped).toBe(false)
  })

  it.each([
    ['somebody else', { user_id: 'u2' }],
    ['somebody who was renamed', { user_name: 'Lan Anh' }],
    ['an announcement', { message_type: 'announcement' }],
    ['the server', { message_type: 'system', user_id: null }],
    ['a reply', { reply_to_id: 'm' }],
    ['what was deleted', { deleted_at: NOON }],
  ] as const)('names %s', (_who, fields) =>
    expect(placeOf(said('2026-03-02T12:01:00', fields), said(NOON), false).isGrouped).toBe(false),
  )

  it('opens a day at its first message, however short the pause', () =>
    expect(placeOf(said('2026-03-03T00:00:30'), said('2026-03-02T23:59:30'), false)).toEqual({
      opensDay: true,
      isGrouped: false,
    }))

  it('opens a day at the first of all, and claims none below what is not known', () => {
    expect(placeOf(said(NOON), undefined, true)).toEqual({ opensDay: true, isGrouped: false })
    expect(placeOf(said(NOON), undefined, false)).toEqual({ opensDay: false, isGrouped: false })
  })
})
