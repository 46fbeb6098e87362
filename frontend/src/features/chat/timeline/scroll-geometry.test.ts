import { describe, expect, it } from 'vitest'
import { type HasContent, type RowRange, ScrollGeometry } from './scroll-geometry.ts'

const ESTIMATE = 50
const VIEWPORT = 500

const list = (count: number): ScrollGeometry => {
  const geometry = new ScrollGeometry({ estimate: ESTIMATE, padding: 10 })
  geometry.resizeViewport(VIEWPORT)
  geometry.heights.resize(count)
  geometry.settle()
  return geometry
}

/** Where a row's top is, from the viewport's. */
const topOf = (geometry: ScrollGeometry, index: number): number => geometry.heights.offsetOf(index) - geometry.scrollTop

describe('at the end', () => {
  it('a list opens, and stays when rows come or grow', () => {
    const geometry = list(100)
    expect(geometry.scrollTop).toBe(100 * ESTIMATE + 10 - VIEWPORT)
    geometry.heights.resize(101)
    geometry.heights.set(3, 400)
    geometry.heights.set(100, 90)
    expect(geometry.settle()).toBe(geometry.total - VIEWPORT)
    expect(geometry.atEnd).toBe(true)
  })

  it('it stays when the viewport grows or shrinks', () => {
    const geometry = list(100)
    expect(geometry.resizeViewport(200)).toBe(geometry.total - 200)
    expect(geometry.resizeViewport(700)).toBe(geometry.total - 700)
  })

  it('a list that is shorter than the viewport is not scrolled', () => {
    expect(list(3).scrollTop).toBe(0)
    expect(list(3).atEnd).toBe(true)
    expect(list(0).settle()).toBe(0)
  })
})

describe('what is being read', () => {
  const reading = (): ScrollGeometry => {
    const geometry = list(1000)
    geometry.scrolled(20_010)
    return geometry
  }

  it('stays when rows above, below and on screen change their height', () => {
    const geometry = reading()
    expect(topOf(geometry, 400)).toBe(-10)
    for (const index of [2, 399, 405, 999]) geometry.heights.set(index, 333)
    geometry.settle()
    expect(topOf(geometry, 400)).toBe(-10)
  })

  it('stays when rows come at the end', () => {
    const geometry = reading()
    geometry.heights.resize(1500)
    expect(geometry.settle()).toBe(20_010)
    expect(geometry.atEnd).toBe(false)
  })

  it('stays above a keyboard that comes up', () => {
    const geometry = reading()
    geometry.resizeViewport(VIEWPORT - 200)
    expect(geometry.scrollTop).toBe(20_210)
  })

  it('is the end again when one scrolls there', () => {
    const geometry = reading()
    geometry.scrolled(geometry.total - VIEWPORT - 5)
    geometry.heights.resize(1001)
    expect(geometry.settle()).toBe(geometry.total - VIEWPORT)
  })
})

describe('a jump', () => {
  it('holds its row where it put it while the rows around it are loaded', () => {
    const geometry = list(50_000)
    geometry.hold({ kind: 'row', index: 25_000, offset: 170 })
    for (let index = 24_950; index < 25_050; index += 1) geometry.heights.set(index, 20 + (index % 7) * 30)
    geometry.settle()
    expect(topOf(geometry, 25_000)).toBe(170)
  })

  it('to the first and the last row goes as far as the list does', () => {
    const geometry = list(100)
    expect(geometry.hold({ kind: 'row', index: 0, offset: 170 })).toBe(0)
    expect(geometry.hold({ kind: 'row', index: 99, offset: 170 })).toBe(geometry.total - VIEWPORT)
  })
})

describe('what is rendered', () => {
  const NOTHING: RowRange = { first: 0, last: -1 }
  const everywhere = () => true
  const rowsIn = ({ first, last }: RowRange): number => last - first + 1
  const scrolled = (to: number, count = 1000): ScrollGeometry => {
    const geometry = list(count)
    geometry.scrolled(to)
    return geometry
  }
  /** Each step, until there are enough. */
  const growing = (geometry: ScrollGeometry, from: RowRange, hasContent: HasContent = everywhere): RowRange[] => {
    const steps = [from]
    for (;;) {
      const rendered = steps.at(-1) ?? from
      const next = geometry.ahead(rendered, hasContent)
      if (next === rendered) return steps
      steps.push(next)
    }
  }
  const rendered = (geometry: ScrollGeometry): RowRange =>
    growing(geometry, geometry.onScreen(NOTHING, everywhere)).at(-1) ?? NOTHING

  it('is at once what is visible, and no more', () => {
    const geometry = scrolled(20_000)
    expect(geometry.visible()).toEqual({ first: 400, last: 409 })
    expect(geometry.onScreen(NOTHING, everywhere)).toEqual({ first: 400, last: 409 })
  })

  it('grows by a few rows at a time, on both sides, and then stays the same object', () => {
    const geometry = scrolled(20_000)
    const steps = growing(geometry, geometry.onScreen(NOTHING, everywhere))
    const last = steps.at(-1) ?? NOTHING
    expect(last.first).toBeLessThan(392)
    expect(last.last).toBeGreaterThan(417)
    const added = steps.slice(1).map((step, at) => rowsIn(step) - rowsIn(steps[at] ?? NOTHING))
    expect(Math.min(...added)).toBeGreaterThan(0)
    expect(Math.max(...added)).toBeLessThanOrEqual(10)
    geometry.scrolled(20_010)
    expect(geometry.onScreen(last, everywhere)).toBe(last)
    expect(geometry.ahead(last, everywhere)).toBe(last)
  })

  it('grows ahead of what is scrolled, and lets go of what is left far behind', () => {
    const geometry = scrolled(20_000)
    const before = rendered(geometry)
    geometry.scrolled(20_400)
    const after = growing(geometry, before).at(-1) ?? NOTHING
    expect(after.last).toBeGreaterThan(before.last)
    expect(after.first).toBeGreaterThan(before.first)
  })

  it('keeps the rows that are still near when one scrolls beyond them, and none after a leap', () => {
    const geometry = scrolled(20_000)
    const before = rendered(geometry)
    geometry.scrolled(20_800)
    const near = geometry.onScreen(before, everywhere)
    expect(near.last).toBe(geometry.visible().last)
    expect(near.first).toBeLessThan(geometry.visible().first)
    geometry.scrolled(40_000)
    expect(geometry.onScreen(before, everywhere)).toEqual(geometry.visible())
  })

  it('covers the screen again when rows turn out lower than was thought', () => {
    const geometry = scrolled(20_000)
    const before = geometry.onScreen(NOTHING, everywhere)
    for (let index = before.first; index <= before.last; index += 1) geometry.heights.set(index, 20)
    geometry.settle()
    const after = geometry.onScreen(before, everywhere)
    expect(after.first).toBe(400)
    expect(geometry.heights.offsetOf(after.last + 1) - geometry.scrollTop).toBeGreaterThanOrEqual(VIEWPORT)
  })

  it('holds hardly more than the screen where nothing is loaded, and grows when it is', () => {
    const geometry = scrolled(20_000)
    const nowhere = () => false
    const empty = growing(geometry, geometry.onScreen(NOTHING, nowhere), nowhere).at(-1) ?? NOTHING
    expect(empty.first).toBe(396)
    expect(empty.last).toBe(413)
    expect(rowsIn(growing(geometry, empty).at(-1) ?? NOTHING)).toBeGreaterThan(rowsIn(empty))
  })

  it('grows up to what is loaded, and not across it', () => {
    const geometry = scrolled(20_000)
    const some: HasContent = (index) => index > 390 && index < 415
    expect(growing(geometry, geometry.onScreen(NOTHING, some), some).at(-1)).toEqual({ first: 391, last: 414 })
  })

  it('holds no row that has gone', () => {
    const geometry = list(100)
    const before = rendered(geometry)
    expect(before.last).toBe(99)
    geometry.heights.resize(98)
    geometry.settle()
    expect(geometry.onScreen(before, everywhere).last).toBe(97)
  })
})
