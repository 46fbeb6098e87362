import { LIMITS } from '@lectern/protocol'
import { LecternError } from '../errors.ts'
import { foldPage } from './fold/messages.ts'
import { askPersistently } from './persistence.ts'
import { entered, type RoomContext } from './room-context.ts'

/** Messages in one answer, and in one block: what is asked for begins at a multiple of it, so that no two ask for the same. */
const BLOCK = LIMITS.pageMax
const AT_ONCE = 3

interface Wanted {
  readonly block: number
  readonly promise: Promise<void>
  readonly run: () => Promise<void>
}

/** Loads messages by `seq`, block by block: what was asked for last first, since that is what is looked at. */
export class PageLoader {
  readonly #context: RoomContext
  readonly #wanted = new Map<number, Wanted>()
  readonly #waiting: Wanted[] = []
  #underWay = 0

  constructor(context: RoomContext) {
    this.#context = context
  }

  /** @throws LecternError */
  async load(fromSeq: number, toSeq: number): Promise<void> {
    const { store } = this.#context
    await entered(this.#context)
    const { timeline } = store.getSnapshot()
    const blocks = new Set<number>()
    for (const range of timeline.missing(Math.max(1, fromSeq), Math.min(toSeq, timeline.lastSeq))) {
      for (let block = blockOf(range.from); block <= blockOf(range.to); block++) blocks.add(block)
    }
    await Promise.all([...blocks].map((block) => this.#want(block)))
  }

  /** @throws LecternError */
  async latest(): Promise<void> {
    await this.#fetch({})
  }

  #want(block: number): Promise<void> {
    const known = this.#wanted.get(block)
    if (known !== undefined) return known.promise
    const { promise, resolve, reject } = Promise.withResolvers<void>()
    const run = () => this.#fetch({ after: block * BLOCK, limit: BLOCK }).then(resolve, reject)
    const wanted: Wanted = { block, promise, run }
    this.#wanted.set(block, wanted)
    this.#waiting.push(wanted)
    this.#next()
    return promise
  }

  #next(): void {
    if (this.#underWay >= AT_ONCE) return
    const wanted = this.#waiting.pop()
    if (wanted === undefined) return
    this.#underWay++
    void wanted.run().finally(() => {
      this.#underWay--
      this.#wanted.delete(wanted.block)
      this.#next()
    })
  }

  async #fetch(query: { after?: number; limit?: number }): Promise<void> {
    const { courseId, ports, signal, store } = this.#context
    await askPersistently(ports, signal, async () => {
      await entered(this.#context)
      const { epoch, generation } = store.getSnapshot()
      const { data, meta } = await ports.api.listMessages({ params: { courseId }, query, signal })
      if (meta.epoch === epoch && store.updateIn(generation, (state) => foldPage(state, data, meta))) return
      throw new LecternError('UNAVAILABLE', 'The room is being loaded anew.')
    })
  }
}

const blockOf = (seq: number): number => Math.floor((seq - 1) / BLOCK)
