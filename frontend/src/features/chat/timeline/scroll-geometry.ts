import { RowHeights } from './row-heights.ts'

/**
 * What stays where it is while heights change: the end of the list at the end of the viewport, or the top of one row at
 * a distance from the viewport's top.
 */
export type Anchor =
  | { readonly kind: 'end' }
  | { readonly kind: 'row'; readonly index: number; readonly offset: number }

/** Rows by index, both included; `last` is -1 without rows. */
export interface RowRange {
  readonly first: number
  readonly last: number
}

/** Whether there is anything to draw in a row, rather than its place to be kept. */
export type HasContent = (index: number) => boolean

/** Nearer to the end than this counts as the end: less than a line is hidden, so that rounding and zoom do not end the following. */
const END_SLACK = 20
/** Rendered beyond the viewport, in pixels: what a fling passes before the next rows are there. */
const OVERSCAN = 560
/** More is rendered ahead when fewer pixels than this are left. */
const RESERVE = 440
/** As far as this rows are rendered that have nothing to show: an answer that fills them redraws them all in one task. */
const EMPTY_OVERSCAN = 160
/** Rows rendered ahead at once. */
const STEP = 10

/** Where rows are, which of them to render, and where to scroll to: without a DOM. All in pixels. */
export class ScrollGeometry {
  readonly heights: RowHeights
  readonly #padding: number
  #anchor: Anchor = { kind: 'end' }
  #viewport = 0
  #scrollTop = 0

  /** `padding`: free space below the last row. */
  constructor({ estimate, padding }: { estimate: number; padding: number }) {
    this.heights = new RowHeights(estimate)
    this.#padding = padding
  }

  get anchor(): Anchor {
    return this.#anchor
  }

  get viewport(): number {
    return this.#viewport
  }

  get total(): number {
    return this.heights.total + this.#padding
  }

  get scrollTop(): number {
    return this.#scrollTop
  }

  get atEnd(): boolean {
    return this.#scrollTop + this.#viewport >= this.total - END_SLACK
  }

  /** Holds this from now on. @returns where to scroll to */
  hold(anchor: Anchor): number {
    this.#anchor = anchor
    return this.settle()
  }

  /** Heights or the number of rows changed. @returns where to scroll to so that the anchor stays where it is */
  settle(): number {
    this.#scrollTop = this.#clamp(this.#wanted())
    return this.#scrollTop
  }

  /** What is at the lower edge stays there: a keyboard or a growing composer covers nothing that was being read. */
  resizeViewport(height: number): number {
    const grown = height - this.#viewport
    this.#viewport = height
    if (this.#anchor.kind === 'row') this.#anchor = { ...this.#anchor, offset: this.#anchor.offset + grown }
    return this.settle()
  }

  /** The person scrolled: what is at the upper edge now stays. */
  scrolled(scrollTop: number): void {
    this.#scrollTop = scrollTop
    if (this.atEnd) {
      this.#anchor = { kind: 'end' }
      return
    }
    const index = this.heights.indexAt(scrollTop)
    this.#anchor = { kind: 'row', index, offset: this.heights.offsetOf(index) - scrollTop }
  }

  visible(): RowRange {
    return this.#between(this.#scrollTop, this.#scrollTop + this.#viewport - 1)
  }

  /**
   * What to render at once, where `rendered` is: all on screen, and of the rest what is there already; the same object
   * while that covers the screen.
   */
  onScreen(rendered: RowRange, hasContent: HasContent): RowRange {
    const visible = this.visible()
    if (covers(rendered, visible) && rendered.last < this.heights.count) return rendered
    const { first, last } = common(rendered, this.#worthRendering(OVERSCAN, hasContent))
    if (first > visible.last + 1 || last < visible.first - 1 || first > last) return visible
    return { first: Math.min(first, visible.first), last: Math.max(last, visible.last) }
  }

  /**
   * What to render next where all on screen is rendered: a few rows ahead, on the side where fewer pixels are left, since
   * rows that are rendered together are one task of the page's only thread. The same object while there are enough.
   */
  ahead(rendered: RowRange, hasContent: HasContent): RowRange {
    const least = this.#worthRendering(RESERVE, hasContent)
    const [isShortAbove, isShortBelow] = [rendered.first > least.first, rendered.last < least.last]
    if (!isShortAbove && !isShortBelow) return rendered
    const most = this.#worthRendering(OVERSCAN, hasContent)
    const { first, last } = common(rendered, this.#around(OVERSCAN))
    const above = this.#scrollTop - this.heights.offsetOf(first)
    const below = this.heights.offsetOf(last + 1) - this.#scrollTop - this.#viewport
    if (isShortAbove && (!isShortBelow || above < below)) return { first: Math.max(most.first, first - STEP), last }
    return { first, last: Math.min(most.last, last + STEP) }
  }

  #worthRendering(distance: number, hasContent: HasContent): RowRange {
    const most = this.#around(distance)
    let { first, last } = this.#around(EMPTY_OVERSCAN)
    while (first > most.first && hasContent(first - 1)) first -= 1
    while (last < most.last && hasContent(last + 1)) last += 1
    return { first, last }
  }

  #around(distance: number): RowRange {
    return this.#between(this.#scrollTop - distance, this.#scrollTop + this.#viewport + distance)
  }

  #between(from: number, to: number): RowRange {
    return { first: Math.max(0, this.heights.indexAt(from)), last: this.heights.indexAt(to) }
  }

  #wanted(): number {
    if (this.#anchor.kind === 'end') return Number.POSITIVE_INFINITY
    return this.heights.offsetOf(Math.min(this.#anchor.index, this.heights.count)) - this.#anchor.offset
  }

  #clamp(scrollTop: number): number {
    return Math.max(0, Math.min(scrollTop, this.total - this.#viewport))
  }
}

const covers = (range: RowRange, part: RowRange): boolean => range.first <= part.first && range.last >= part.last

const common = (one: RowRange, other: RowRange): RowRange => ({
  first: Math.max(one.first, other.first),
  last: Math.min(one.last, other.last),
})
