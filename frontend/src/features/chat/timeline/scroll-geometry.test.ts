import { describe, expect, it } from 'vitest'
import { ScrollGeometry } from './scroll-geometry.ts'

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
  it('covers the viewport and more, and is the same object until that is used up', () => {
    const geometry = list(1000)
    geometry.scrolled(20_000)
    const rendered = geometry.toRender(undefined)
    expect(rendered.first).toBeLessThan(395)
    expect(rendered.last).toBeGreaterThan(415)
    geometry.scrolled(20_060)
    expect(geometry.toRender(rendered)).toBe(rendered)
    geometry.scrolled(20_400)
    const next = geometry.toRender(rendered)
    expect(next).not.toBe(rendered)
    expect(next.last).toBeGreaterThan(rendered.last)
  })

  it('holds no row that has gone', () => {
    const geometry = list(100)
    const rendered = geometry.toRender(undefined)
    geometry.heights.resize(98)
    geometry.settle()
    expect(geometry.toRender(rendered).last).toBe(97)
  })

  it('is what is visible, without what is not', () => {
    const geometry = list(1000)
    geometry.scrolled(20_000)
    expect(geometry.visible()).toEqual({ first: 400, last: 409 })
  })
})
