import { describe, expect, it } from 'vitest'
import { classKeyOf, type Pressed } from './class-key.ts'

const press = (key: string, more: Partial<Pressed> = {}): Pressed => ({
  key,
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  isComposing: false,
  ...more,
})
/** An element inside of what a selector names. */
const within = (name: string) => ({ closest: (selector: string) => (selector.split(', ').includes(name) ? {} : null) })

describe('keys of a class', () => {
  it('are M, V, H and Space, wherever nothing else has them', () => {
    expect(['m', 'V', 'h', ' '].map((key) => classKeyOf(press(key), null))).toEqual(['mute', 'camera', 'hand', 'talk'])
    expect(classKeyOf(press('x'), null)).toBeUndefined()
  })

  it('are letters where one writes, and in what stands before the class', () => {
    for (const name of ['input', 'textarea', '[contenteditable="true"]', '[role="dialog"]', '[role="menu"]'])
      expect(classKeyOf(press('m'), within(name))).toBeUndefined()
  })

  it('are the browser’s with Ctrl, Cmd or Alt, and part of a word while it is composed', () => {
    for (const more of [{ ctrlKey: true }, { metaKey: true }, { altKey: true }, { isComposing: true }])
      expect(classKeyOf(press('h', more), null)).toBeUndefined()
  })

  it('leave Space to a button that has the focus, and the letters not', () => {
    expect(classKeyOf(press(' '), within('button'))).toBeUndefined()
    expect(classKeyOf(press('m'), within('button'))).toBe('mute')
  })
})
