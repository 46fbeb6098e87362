import type { Mention } from '@lectern/protocol'
import { find } from 'linkifyjs'
import { mentionRanges } from '../mentions/mention-ranges.ts'
import { type SafeLink, safeLink } from './safe-link.ts'

/** A stretch of a message's text, as it is drawn. */
export interface TextPart {
  /** Where it begins in the text, in UTF-16 units. */
  readonly start: number
  readonly text: string
  readonly link?: SafeLink
  /** Whom it mentions. */
  readonly mention?: string
  /** Found by a search. */
  readonly isHit?: boolean
}

type Span = Omit<TextPart, 'text'> & { readonly end: number }
/** `[start, end)` in UTF-16 units. */
export type Highlights = readonly (readonly [number, number])[]

/** What no link goes without; most messages need no further look. */
const MAY_HOLD_LINK = /:\/\/|mailto:|\S@\S|\S\.\p{L}{2}/iu

function* linksIn(text: string): Generator<Span> {
  if (!MAY_HOLD_LINK.test(text)) return
  for (const { start, end, href, value } of find(text, { defaultProtocol: 'https' })) {
    const link = safeLink(href, value)
    if (link !== undefined) yield { start, end, link }
  }
}

const mentionsIn = (text: string, mentions: readonly Mention[]): Span[] =>
  mentions.length === 0
    ? []
    : mentionRanges(
        text,
        mentions.map(({ user_id, user_name }) => ({ userId: user_id, userName: user_name })),
      ).map(({ start, end, userId }) => ({ start, end, mention: userId }))

/** In order; of two that overlap the one that was found first. */
function withoutOverlap(spans: Iterable<Span>): Span[] {
  const kept: Span[] = []
  for (const span of spans) {
    if (kept.every((other) => span.end <= other.start || span.start >= other.end)) kept.push(span)
  }
  return kept.sort((one, other) => one.start - other.start)
}

function* filled(text: string, spans: readonly Span[]): Generator<TextPart> {
  let at = 0
  for (const { end, ...span } of spans) {
    if (span.start > at) yield { start: at, text: text.slice(at, span.start) }
    yield { ...span, text: text.slice(span.start, end) }
    at = end
  }
  if (at < text.length) yield { start: at, text: text.slice(at) }
}

function* cut(part: TextPart, highlights: Highlights): Generator<TextPart> {
  const end = part.start + part.text.length
  let at = part.start
  const piece = (from: number, to: number) => ({
    ...part,
    start: from,
    text: part.text.slice(from - part.start, to - part.start),
  })
  for (const [from, to] of highlights) {
    const [first, last] = [Math.max(from, at), Math.min(to, end)]
    if (first >= last) continue
    if (first > at) yield piece(at, first)
    yield { ...piece(first, last), isHit: true }
    at = last
  }
  if (at < end) yield piece(at, end)
}

/** Cuts a text into what is drawn differently. `highlights`: in order. */
export function textParts(text: string, mentions: readonly Mention[], highlights: Highlights = []): TextPart[] {
  const spans = withoutOverlap([...mentionsIn(text, mentions), ...linksIn(text)])
  const parts = [...filled(text, spans)]
  return highlights.length === 0 ? parts : parts.flatMap((part) => [...cut(part, highlights)])
}
