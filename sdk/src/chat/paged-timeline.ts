import type { MessageRecord } from '@lectern/protocol'
import type { Timeline } from './timeline.ts'

const PAGE_SIZE = 64

interface Page {
  readonly messages: readonly (MessageRecord | undefined)[]
  readonly loaded: number
}

/**
 * Where messages are: an id has one `seq` for good, so that every timeline of a course shares one index that only grows.
 * Whether a timeline has the message loaded, its pages alone say.
 */
interface Index {
  readonly seqById: Map<string, number>
  readonly seqByClientId: Map<string, number>
  /** By the original's id. */
  readonly repliesById: Map<string, number[]>
}

export interface SeqRange {
  readonly from: number
  readonly to: number
}

const EMPTY_PAGE: Page = { messages: Array.from<undefined>({ length: PAGE_SIZE }), loaded: 0 }

const pageOf = (seq: number): number => Math.floor((seq - 1) / PAGE_SIZE)
const placeOf = (seq: number): number => (seq - 1) % PAGE_SIZE
const startOf = (page: number): number => page * PAGE_SIZE + 1

/** A sparse timeline in pages: a change copies the page that it is in and the table of pages, however long the course is. */
export class PagedTimeline implements Timeline {
  readonly lastSeq: number
  readonly #pages: readonly (Page | undefined)[]
  readonly #index: Index

  constructor(lastSeq: number, pages: readonly (Page | undefined)[] = [], index: Index = newIndex()) {
    this.lastSeq = lastSeq
    this.#pages = pages
    this.#index = index
  }

  at(seq: number): MessageRecord | undefined {
    return this.#pages[pageOf(seq)]?.messages[placeOf(seq)]
  }

  find(messageId: string): MessageRecord | undefined {
    return this.#known(this.#index.seqById.get(messageId))
  }

  /** One's own, by what it was sent as. */
  sentAs(clientId: string): MessageRecord | undefined {
    return this.#known(this.#index.seqByClientId.get(clientId))
  }

  repliesTo(messageId: string): MessageRecord[] {
    return (this.#index.repliesById.get(messageId) ?? []).flatMap((seq) => this.at(seq) ?? [])
  }

  /** Whether all between the two is loaded, both included; so is nothing at all. */
  isLoaded(from: number, to: number): boolean {
    return this.missing(from, to).next().done === true
  }

  /** What is not loaded between the two, both included, oldest first. */
  *missing(from: number, to: number): Generator<SeqRange, void> {
    let start: number | undefined
    let seq = from
    while (seq <= to) {
      const page = this.#pages[pageOf(seq)]
      const pageEnd = Math.min(to, startOf(pageOf(seq)) + PAGE_SIZE - 1)
      if (page === undefined) start ??= seq
      if (page === undefined || (page.loaded === PAGE_SIZE && start === undefined)) {
        seq = pageEnd + 1
        continue
      }
      const isMissing = page.messages[placeOf(seq)] === undefined
      if (isMissing) start ??= seq
      else if (start !== undefined) {
        yield { from: start, to: seq - 1 }
        start = undefined
      }
      seq++
    }
    if (start !== undefined) yield { from: start, to }
  }

  draft(): TimelineDraft {
    return new TimelineDraft(this, [...this.#pages], this.#index)
  }

  #known(seq: number | undefined): MessageRecord | undefined {
    return seq === undefined ? undefined : this.at(seq)
  }
}

/** The next timeline while it is being made. */
export class TimelineDraft {
  readonly #before: PagedTimeline
  readonly #pages: (Page | undefined)[]
  readonly #index: Index
  readonly #opened = new Map<number, { messages: (MessageRecord | undefined)[]; loaded: number }>()
  #lastSeq: number

  constructor(before: PagedTimeline, pages: (Page | undefined)[], index: Index) {
    this.#before = before
    this.#pages = pages
    this.#index = index
    this.#lastSeq = before.lastSeq
  }

  at(seq: number): MessageRecord | undefined {
    return this.#pages[pageOf(seq)]?.messages[placeOf(seq)]
  }

  find(messageId: string): MessageRecord | undefined {
    const seq = this.#index.seqById.get(messageId)
    return seq === undefined ? undefined : this.at(seq)
  }

  repliesTo(messageId: string): MessageRecord[] {
    return (this.#index.repliesById.get(messageId) ?? []).flatMap((seq) => this.at(seq) ?? [])
  }

  put(message: MessageRecord): void {
    const page = this.#open(pageOf(message.seq))
    const place = placeOf(message.seq)
    if (page.messages[place] === undefined) page.loaded++
    page.messages[place] = message
    this.growTo(message.seq)
    note(this.#index, message)
  }

  growTo(lastSeq: number): void {
    this.#lastSeq = Math.max(this.#lastSeq, lastSeq)
  }

  /** @returns the timeline before where nothing has changed */
  done(): PagedTimeline {
    if (this.#opened.size === 0 && this.#lastSeq === this.#before.lastSeq) return this.#before
    return new PagedTimeline(this.#lastSeq, this.#pages, this.#index)
  }

  #open(number: number): { messages: (MessageRecord | undefined)[]; loaded: number } {
    const opened = this.#opened.get(number)
    if (opened !== undefined) return opened
    const { messages, loaded } = this.#pages[number] ?? EMPTY_PAGE
    const page = { messages: [...messages], loaded }
    while (this.#pages.length < number) this.#pages.push(undefined)
    this.#pages[number] = page
    this.#opened.set(number, page)
    return page
  }
}

const newIndex = (): Index => ({ seqById: new Map(), seqByClientId: new Map(), repliesById: new Map() })

function note(index: Index, { id, seq, client_id, reply_to_id }: MessageRecord): void {
  if (client_id !== null) index.seqByClientId.set(client_id, seq)
  if (index.seqById.has(id)) return
  index.seqById.set(id, seq)
  if (reply_to_id === null) return
  const replies = index.repliesById.get(reply_to_id)
  if (replies === undefined) index.repliesById.set(reply_to_id, [seq])
  else replies.push(seq)
}
