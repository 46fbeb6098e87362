import { randomBytes } from 'node:crypto'
import { mkdtemp, readdir, readFile, readlink, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { BlockFile } from './block-file.ts'
import { BLOCK_BYTES, BlockMemory } from './block-memory.ts'
import { DiskSlots } from './disk-slots.ts'

async function temporaryFolder(): Promise<{ path: string } & AsyncDisposable> {
  const path = await mkdtemp(join(tmpdir(), 'lectern-blocks-'))
  return { path, [Symbol.asyncDispose]: () => rm(path, { recursive: true }) }
}

describe('BlockFile', () => {
  it('takes blocks of any memory: what the disk cannot read goes through the cache', async () => {
    await using folder = await temporaryFolder()
    const path = join(folder.path, 'file')
    const file = await BlockFile.open(path, { isNew: true, slots: new DiskSlots() })
    const [aligned] = new BlockMemory().take()
    aligned.set(randomBytes(BLOCK_BYTES))
    const unaligned = Buffer.alloc(BLOCK_BYTES + 1).subarray(1)
    unaligned.set(randomBytes(BLOCK_BYTES))
    const parts = [aligned, unaligned, aligned, unaligned.subarray(0, 1000)]
    let position = 0
    for (const part of parts) {
      await file.append(part, position)
      position += part.length
    }
    await file.sync()
    await file.close()
    expect(Buffer.concat(parts).equals(await readFile(path))).toBe(true)
  })

  it('throws what the disk says, once nobody reads the block any more', async () => {
    const file = await BlockFile.open('/dev/full', { isNew: false, slots: new DiskSlots() })
    try {
      await expect(file.append(Buffer.alloc(10), 0)).rejects.toMatchObject({ code: 'ENOSPC' })
    } finally {
      await file.close()
    }
  })

  it('throws what a sync ahead of the end has met: with the next block of a sync, or at the end', async () => {
    // It takes every byte, and cannot be synced (EINVAL): a disk that fails late.
    const open = () => BlockFile.open('/dev/null', { isNew: false, slots: new DiskSlots() })
    const [block] = new BlockMemory().take()
    const write = async (file: BlockFile, blocks: number) => {
      for (let at = 0; at < blocks; at++) await file.append(block, at * BLOCK_BYTES)
    }
    for (const [blocks, ending] of [
      [16, (file: BlockFile) => file.sync()],
      [16, (file: BlockFile) => write(file, 16)],
    ] as const) {
      const file = await open()
      await write(file, blocks)
      await expect(ending(file)).rejects.toMatchObject({ code: 'EINVAL' })
      await file.close()
    }
    const left = await open()
    await write(left, 16)
    await expect(left.close()).resolves.toBeUndefined()
  })

  it('closes its descriptor also where its file was removed before the first block', async () => {
    await using folder = await temporaryFolder()
    const path = join(folder.path, 'file')
    const file = await BlockFile.open(path, { isNew: true, slots: new DiskSlots() })
    await rm(path)
    const [block] = new BlockMemory().take()
    await expect(file.append(block, 0)).rejects.toMatchObject({ code: 'ENOENT' })
    await file.close()
    const links = await Promise.all(
      (await readdir('/proc/self/fd')).map((fd) => readlink(`/proc/self/fd/${fd}`).catch(() => '')),
    )
    expect(links.filter((link) => link.startsWith(folder.path))).toEqual([])
  })
})
