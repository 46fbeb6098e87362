/** Gathered before the disk is asked. */
export const BLOCK_BYTES = 1_048_576

/** WebAssembly's pages, of 64 KiB. */
const PAGE_BYTES = 65_536
const PAGES = (2 * BLOCK_BYTES) / PAGE_BYTES
/** Kept for the next uploads, so that few of them leave no garbage. */
const KEPT = 8

/** Of the JavaScript API (W3C), what is used here: Node has it, its types have not. */
declare namespace WebAssembly {
  class Memory {
    constructor(pages: { initial: number; maximum: number; shared: true })
    readonly buffer: SharedArrayBuffer
  }
}

/** One block that fills, and one that is being written. */
export type BlockPair = readonly [Buffer<SharedArrayBuffer>, Buffer<SharedArrayBuffer>]

/**
 * Blocks that another thread can read, and that begin at a page of the machine's memory: the disk takes nothing else without
 * the detour through the system's cache. WebAssembly's memory is the only one in Node that does.
 */
export class BlockMemory {
  readonly #free: BlockPair[] = []

  take(): BlockPair {
    return this.#free.pop() ?? newPair()
  }

  /** For who has taken it, once nobody writes or reads in it any more. */
  giveBack(pair: BlockPair): void {
    if (this.#free.length < KEPT) this.#free.push(pair)
  }
}

function newPair(): BlockPair {
  const { buffer } = new WebAssembly.Memory({ initial: PAGES, maximum: PAGES, shared: true })
  return [Buffer.from(buffer, 0, BLOCK_BYTES), Buffer.from(buffer, BLOCK_BYTES, BLOCK_BYTES)]
}
