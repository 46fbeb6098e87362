import type { ReplyTo } from '@lectern/protocol'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { readDraft, writeDraft } from './draft.ts'

const replyTo: ReplyTo = {
  id: 'm1',
  user_id: 'u2',
  user_name: 'Lan',
  message: 'Chào',
  message_type: 'text',
  deleted_at: null,
}
const lan = { userId: 'u2', userName: 'Lan' }
const nothing = { text: '', replyTo: undefined, chosen: [] }
let stored: Map<string, string>

beforeEach(() => {
  stored = new Map()
  vi.stubGlobal('localStorage', {
    getItem: (key: string) => stored.get(key) ?? null,
    setItem: (key: string, value: string) => stored.set(key, value),
    removeItem: (key: string) => stored.delete(key),
  })
  return () => vi.unstubAllGlobals()
})

describe('drafts', () => {
  it('come back with their reply and whom they mention, for each course and person', () => {
    writeDraft('u1', 'c1', { text: ' Xin chào\n', replyTo, chosen: [lan] })
    expect(readDraft('u1', 'c1')).toEqual({ text: ' Xin chào\n', replyTo, chosen: [lan] })
    expect(readDraft('u1', 'c2')).toEqual(nothing)
    expect(readDraft('u2', 'c1')).toEqual(nothing)
  })

  it('are forgotten when they are empty', () => {
    writeDraft('u1', 'c1', { ...nothing, text: 'a' })
    writeDraft('u1', 'c1', { ...nothing, text: ' ' })
    expect(stored.size).toBe(0)
  })

  it.each(['', '{', 'null', '7', '{"text":7}', '{"text":"a","replyTo":{"id":7},"chosen":[7,{"userId":7}]}'])(
    'bear what is not theirs: %j',
    (value) => {
      writeDraft('u1', 'c1', { ...nothing, text: 'x' })
      for (const key of stored.keys()) stored.set(key, value)
      expect(readDraft('u1', 'c1')).toMatchObject({ replyTo: undefined, chosen: [] })
    },
  )
})
