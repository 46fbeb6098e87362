import { type Anchor, type HasContent, type RowRange, ScrollGeometry } from './scroll-geometry.ts'

/** What is on screen: rows by index, both included. */
export interface View extends RowRange {
  readonly atEnd: boolean
}

/** Where a list opens: at its end, or with this row a third of the way down. */
export type Opening = { readonly kind: 'end' } | { readonly kind: 'row'; readonly index: number }

interface Elements {
  readonly scroller: HTMLElement
  /** As high as all rows together. */
  readonly space: HTMLElement
  /** Holds the rendered rows, each with its index in `data-index`. */
  readonly rows: HTMLElement
}

/** A row of usual length: a name, and a line of text. */
const ESTIMATE = 52
const PADDING_END = 16
/** A browser rounds what it is told to scroll to. */
const ROUNDING = 1.5
const PLACE_OF_INTEREST = 1 / 3
const NOTHING: RowRange = { first: 0, last: -1 }

/**
 * Renders of a long list what is on screen, then by and by what is near it, and keeps what is being read in its place
 * whatever happens to the heights around it. New rows are measured before they are painted, later changes of height
 * corrected before they are.
 */
export class VirtualScroller {
  readonly #geometry = new ScrollGeometry({ estimate: ESTIMATE, padding: PADDING_END })
  readonly #opening: Opening
  readonly #onView: (view: View) => void
  readonly #heights = new WeakMap<Element, number>()
  readonly #listeners = new Set<() => void>()
  readonly #resizes = new ResizeObserver((entries) => this.#resized(entries))
  #elements: Elements | undefined
  #range = NOTHING
  #hasContent: HasContent = () => true
  #view: View = { ...NOTHING, atEnd: true }
  /** What the browser was last known to be scrolled to. */
  #scrollTop = 0
  #isOpen = false
  #frame = 0
  #growing: ReturnType<typeof setTimeout> | undefined

  constructor(opening: Opening, onView: (view: View) => void) {
    this.#opening = opening
    this.#onView = onView
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  /** The rows to render. */
  readonly range = (): RowRange => this.#range

  readonly observe = (row: Element | null): (() => void) | undefined => {
    if (row === null) return undefined
    this.#resizes.observe(row)
    return () => this.#resizes.unobserve(row)
  }

  attach(elements: Elements): () => void {
    const { scroller } = elements
    const onScroll = () => this.#scrolled()
    this.#elements = elements
    this.#geometry.resizeViewport(scroller.clientHeight)
    scroller.addEventListener('scroll', onScroll, { passive: true })
    this.#resizes.observe(scroller)
    return () => {
      scroller.removeEventListener('scroll', onScroll)
      this.#resizes.unobserve(scroller)
      cancelAnimationFrame(this.#frame)
      clearTimeout(this.#growing)
      this.#growing = undefined
    }
  }

  /** To be called after every rendering, before it is painted. */
  rendered(count: number, hasContent: HasContent): void {
    const geometry = this.#geometry
    this.#hasContent = hasContent
    const follows = this.#isOpen && geometry.atEnd && count > geometry.heights.count
    geometry.heights.resize(count)
    this.#measure()
    if (!this.#isOpen && count > 0) this.#open()
    if (follows) geometry.hold({ kind: 'end' })
    this.#settle()
    this.#update()
  }

  /** Shows the end, and follows it. */
  toEnd(): void {
    this.#hold({ kind: 'end' })
  }

  /** Shows a row a third of the way down, and keeps it there while rows around it are loaded. */
  show(index: number): void {
    this.#hold({ kind: 'row', index, offset: this.#geometry.viewport * PLACE_OF_INTEREST })
  }

  /** Scrolls no further than needed to have the whole row on screen. */
  reveal(index: number): void {
    const { heights, scrollTop, viewport } = this.#geometry
    const [top, bottom] = [heights.offsetOf(index), heights.offsetOf(index + 1)]
    if (top < scrollTop) this.#hold({ kind: 'row', index, offset: 0 })
    else if (bottom > scrollTop + viewport) {
      this.#hold({ kind: 'row', index, offset: Math.max(0, viewport - (bottom - top)) })
    }
  }

  rowElement(index: number): HTMLElement | null {
    return this.#elements?.rows.querySelector(`[data-index="${index}"]`) ?? null
  }

  #open(): void {
    this.#isOpen = true
    if (this.#opening.kind === 'end') this.#geometry.hold({ kind: 'end' })
    else this.show(this.#opening.index)
  }

  #hold(anchor: Anchor): void {
    this.#geometry.hold(anchor)
    this.#settle()
    this.#update()
  }

  #scrolled(): void {
    if (this.#elements === undefined) return
    const { scrollTop, clientHeight } = this.#elements.scroller
    this.#scrollTop = scrollTop
    // A viewport that grows at the end makes the browser scroll: that was not the person.
    if (clientHeight !== this.#geometry.viewport) this.#geometry.resizeViewport(clientHeight)
    if (Math.abs(this.#scrollTop - this.#geometry.scrollTop) >= ROUNDING) this.#geometry.scrolled(this.#scrollTop)
    this.#update()
  }

  #measure(): void {
    for (const row of this.#elements?.rows.children ?? []) {
      const height = this.#heights.get(row) ?? row.getBoundingClientRect().height
      this.#heights.set(row, height)
      this.#geometry.heights.set(indexOf(row), height)
    }
  }

  #resized(entries: readonly ResizeObserverEntry[]): void {
    for (const { target, borderBoxSize } of entries) {
      const height = borderBoxSize[0]?.blockSize ?? 0
      if (target === this.#elements?.scroller) this.#geometry.resizeViewport(height)
      else if (this.#elements?.rows.contains(target)) {
        this.#heights.set(target, height)
        this.#geometry.heights.set(indexOf(target), height)
      }
    }
    this.#settle()
    // Rendering rows here would have them observed too late for this frame.
    cancelAnimationFrame(this.#frame)
    this.#frame = requestAnimationFrame(() => this.#update())
  }

  /** Scrolls to where the anchor is now. */
  #settle(): void {
    if (this.#elements === undefined) return
    const { scroller, space, rows } = this.#elements
    const scrollTop = this.#geometry.settle()
    space.style.height = `${this.#geometry.total}px`
    rows.style.top = `${this.#geometry.heights.offsetOf(this.#range.first)}px`
    if (Math.abs(scrollTop - this.#scrollTop) < ROUNDING) return
    this.#scrollTop = scrollTop
    scroller.scrollTop = scrollTop
  }

  #update(): void {
    this.#render(this.#geometry.onScreen(this.#range, this.#hasContent))
    // In a task of its own: between two frames there is room for a few rows, and for the next input.
    if (this.#isShort()) this.#growing ??= setTimeout(this.#grow)
    const { first, last } = this.#geometry.visible()
    const { atEnd } = this.#geometry
    if (first === this.#view.first && last === this.#view.last && atEnd === this.#view.atEnd) return
    this.#view = { first, last, atEnd }
    this.#onView(this.#view)
  }

  readonly #grow = (): void => {
    this.#growing = undefined
    this.#render(this.#geometry.ahead(this.#range, this.#hasContent))
  }

  #isShort(): boolean {
    return this.#geometry.ahead(this.#range, this.#hasContent) !== this.#range
  }

  #render(range: RowRange): void {
    if (range === this.#range) return
    this.#range = range
    for (const listener of this.#listeners) listener()
  }
}

const indexOf = (row: Element): number => Number(row instanceof HTMLElement ? row.dataset['index'] : Number.NaN)
