export interface Segment {
  readonly text: string
  readonly marked: boolean
  /** In UTF-16 units of the whole text; tells two segments apart. */
  readonly start: number
}

type Range = readonly [start: number, end: number]

const LOW_SURROGATE = /[\uDC00-\uDFFF]/
const MARK = /^\p{M}/u

/** A boundary inside a surrogate pair, or between a letter and its marks, would tear the letter apart. */
const isInside = (text: string, at: number): boolean =>
  at > 0 && at < text.length && (LOW_SURROGATE.test(text.charAt(at)) || MARK.test(text.slice(at, at + 2)))

const widened = (text: string, [start, end]: Range): Range => {
  let from = Math.max(0, start)
  let to = Math.min(text.length, end)
  while (isInside(text, from)) from -= 1
  while (isInside(text, to)) to += 1
  return [from, to]
}

const holdsText =
  (text: string) =>
  ([start, end]: Range): boolean =>
    start < end && start < text.length

const merged = (ranges: readonly Range[]): Range[] => {
  const result: Range[] = []
  for (const range of ranges.toSorted((a, b) => a[0] - b[0])) {
    const last = result.at(-1)
    if (last !== undefined && range[0] <= last[1]) result[result.length - 1] = [last[0], Math.max(last[1], range[1])]
    else result.push(range)
  }
  return result
}

/** The text in pieces, in order and without a gap; `highlights` are `[start, end)` in UTF-16 units, in any order. */
export const segmentsOf = (text: string, highlights: readonly Range[]): Segment[] => {
  const segments: Segment[] = []
  let at = 0
  const push = (to: number, marked: boolean): void => {
    if (to > at) segments.push({ text: text.slice(at, to), marked, start: at })
    at = Math.max(at, to)
  }
  for (const [start, end] of merged(highlights.filter(holdsText(text)).map((range) => widened(text, range)))) {
    push(start, false)
    push(end, true)
  }
  push(text.length, false)
  return segments
}

/** How much is shown ahead of the first hit of a long text. */
const LEAD = 60

/** The pieces of a text that is cut so that its first hit shows in the first lines; `…` stands for what is left out. */
export const excerptOf = (text: string, highlights: readonly Range[]): Segment[] => {
  const segments = segmentsOf(text, highlights)
  const [lead, ...rest] = segments
  if (lead === undefined || lead.marked || rest.length === 0 || lead.text.length <= LEAD) return segments
  const tail = lead.text.slice(-LEAD)
  const word = tail.search(/\s\S/u)
  return [{ ...lead, text: `…${word === -1 ? tail : tail.slice(word)}` }, ...rest]
}
