import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { BLOCK_BYTES, BlockMemory, type BlockPair } from './block-memory.ts'
import { DiskSlots } from './disk-slots.ts'
import { Head } from './head.ts'
import { StagingSink } from './staging-sink.ts'

/** Knows what was in a pair when it was given back. */
class WatchedMemory extends BlockMemory {
  readonly given: { readonly pair: BlockPair; readonly held: readonly Buffer[] }[] = []

  override giveBack(pair: BlockPair): void {
    this.given.push({ pair, held: pair.map((block) => Buffer.from(block)) })
    super.giveBack(pair)
  }
}

/** A disk that answers when it is told to. */
class SlowDisk extends DiskSlots {
  readonly asked = Promise.withResolvers<void>()
  readonly answers = Promise.withResolvers<void>()

  override async run<T>(work: () => Promise<T>): Promise<T> {
    this.asked.resolve()
    await this.answers.promise
    return super.run(work)
  }
}

it('gives its memory back only when it writes no more to it, wherever it is destroyed', async () => {
  const directory = await mkdtemp(join(tmpdir(), 'lectern-sink-'))
  try {
    const [slots, memory] = [new SlowDisk(), new WatchedMemory()]
    const sink = new StagingSink({
      ...{ path: join(directory, 'a'), isNew: true, offset: 0, maxBytes: Number.MAX_SAFE_INTEGER, hash: undefined },
      ...{ head: new Head(), onHead: () => undefined, slots, memory },
    })
    const pieces = [1, 2, 3, 4].map((content) => Buffer.alloc(BLOCK_BYTES, content))
    const written = new Promise((resolve) => sink.write(Buffer.concat(pieces).subarray(100), resolve))
    await slots.asked.promise
    sink.destroy()
    slots.answers.resolve()
    await Promise.all([once(sink, 'close'), written])
    await slots.run(() => Promise.resolve())
    for (const { pair, held } of memory.given) {
      for (const [index, block] of pair.entries()) expect(block.equals(held[index] ?? Buffer.of())).toBe(true)
    }
    expect(memory.given).toHaveLength(1)
  } finally {
    await rm(directory, { recursive: true })
  }
})
