import { describe, expect, it } from 'vitest'
import { type Composing, type Key, sendsOnKey } from './sends-on-key.ts'

const idle: Composing = { isActive: false, endedAt: Number.NEGATIVE_INFINITY }

const enter = (fields: Partial<Key> = {}): Key => ({
  key: 'Enter',
  keyCode: 13,
  isComposing: false,
  shiftKey: false,
  altKey: false,
  ctrlKey: false,
  metaKey: false,
  timeStamp: 10_000,
  ...fields,
})

describe('Enter', () => {
  it('sends', () => expect(sendsOnKey(enter(), idle)).toBe(true))
  it.each(['shiftKey', 'altKey'] as const)('with %s breaks the line', (modifier) =>
    expect(sendsOnKey(enter({ [modifier]: true }), idle)).toBe(false),
  )
  it('alone sends: no other key does', () => {
    for (const key of ['a', 'Tab', 'Process', 'Unidentified', 'Escape']) {
      expect(sendsOnKey(enter({ key, keyCode: 0 }), idle)).toBe(false)
    }
  })
})

describe('an input method’s Enter never sends', () => {
  it('while it composes (Chrome, Firefox)', () =>
    expect(sendsOnKey(enter({ isComposing: true, keyCode: 229 }), { ...idle, isActive: true })).toBe(false))
  it('that is told as handled by it only (Safari)', () => expect(sendsOnKey(enter({ keyCode: 229 }), idle)).toBe(false))
  it('that comes after the end of the composition that it ended (Safari)', () =>
    expect(sendsOnKey(enter({ timeStamp: 10_002 }), { isActive: false, endedAt: 10_000 })).toBe(false))
  it('while the field knows of a composition that the event does not mention', () =>
    expect(sendsOnKey(enter(), { ...idle, isActive: true })).toBe(false))
  it('not with Ctrl either', () => expect(sendsOnKey(enter({ ctrlKey: true, keyCode: 229 }), idle, true)).toBe(false))
  it('but the next one does', () =>
    expect(sendsOnKey(enter({ timeStamp: 10_120 }), { isActive: false, endedAt: 10_000 })).toBe(true))
})

describe('Telex and VNI that replace by backspace and insertion', () => {
  it('compose nothing: their Enter sends', () => expect(sendsOnKey(enter(), idle)).toBe(true))
})

describe('where Enter breaks lines', () => {
  it('it does not send', () => expect(sendsOnKey(enter(), idle, true)).toBe(false))
  it.each(['ctrlKey', 'metaKey'] as const)('with %s it does', (modifier) =>
    expect(sendsOnKey(enter({ [modifier]: true }), idle, true)).toBe(true),
  )
})
