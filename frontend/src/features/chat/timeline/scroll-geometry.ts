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

/** Nearer to the end than this counts as the end: less than a line is hidden, so that rounding and zoom do not end the following. */
const END_SLACK = 20
/** Rendered beyond the viewport, in pixels: what a fling passes before the next rows are there. */
const OVERSCAN = 560
/**
 * New rows are rendered when fewer pixels than this are left: few at a time, since the rows of one scroll event are one
 * task of the page's only thread.
 */
const RESERVE = 440

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

  /** What to render, where `rendered` is; the same object while that still does. */
  toRender(rendered: RowRange | undefined): RowRange {
    const near = this.#around(RESERVE)
    const last = this.heights.count - 1
    if (rendered !== undefined && rendered.first <= near.first && rendered.last >= near.last && rendered.last <= last) {
      return rendered
    }
    return this.#around(OVERSCAN)
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
