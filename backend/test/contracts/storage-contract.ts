import { randomBytes } from 'node:crypto'
import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { buffer } from 'node:stream/consumers'
import { describe, expect, it } from 'vitest'
import type { Storage } from '../../src/modules/files/storage/storage.types.ts'
import { newId } from '../../src/shared/ids.ts'

export interface StorageUnderTest extends AsyncDisposable {
  readonly storage: Storage
}

interface Rig extends StorageUnderTest {
  /** Puts these bytes. @returns their id */
  put(content: Uint8Array): Promise<string>
  stage(content: Uint8Array): Promise<string>
}

/** What every driver of the storage port keeps; `open` makes an empty one. */
export function storageContract(name: string, open: () => Promise<StorageUnderTest>): void {
  describe(`storage: ${name}`, () => {
    it('gives back what was put, byte by byte, and takes the staged file with it', async () => {
      await using rig = await rigOf(open)
      const content = randomBytes(3_000_000)
      const staged = await rig.stage(content)
      const id = newId()
      await rig.storage.put(id, staged)
      expect(content.equals(await buffer(await rig.storage.get(id)))).toBe(true)
      await expect(stat(staged)).rejects.toMatchObject({ code: 'ENOENT' })
    })

    it('gives a range, both ends inclusive', async () => {
      await using rig = await rigOf(open)
      const id = await rig.put(Buffer.from('0123456789'))
      const read = async (start: number, end: number) => String(await buffer(await rig.storage.get(id, { start, end })))
      expect(await read(0, 0)).toBe('0')
      expect(await read(3, 6)).toBe('3456')
      expect(await read(9, 9)).toBe('9')
    })

    it('keeps an object of no bytes', async () => {
      await using rig = await rigOf(open)
      const id = await rig.put(new Uint8Array())
      expect(await rig.storage.stat(id)).toMatchObject({ size: 0 })
      expect(await buffer(await rig.storage.get(id))).toHaveLength(0)
    })

    it('tells the size and the time of what is there, and nothing of what is not', async () => {
      await using rig = await rigOf(open)
      const id = await rig.put(Buffer.from('abc'))
      const found = await rig.storage.stat(id)
      expect(found?.size).toBe(3)
      expect(Math.abs((found?.modifiedAt ?? 0) - Date.now())).toBeLessThan(60_000)
      expect(await rig.storage.stat(newId())).toBeUndefined()
    })

    it('a copy is an object of its own', async () => {
      await using rig = await rigOf(open)
      const id = await rig.put(Buffer.from('abc'))
      const copy = newId()
      await rig.storage.copy(id, copy)
      await rig.storage.delete([id])
      expect(String(await buffer(await rig.storage.get(copy)))).toBe('abc')
    })

    it('what is not there is UNAVAILABLE to whoever reads or copies it', async () => {
      await using rig = await rigOf(open)
      await expect(rig.storage.get(newId())).rejects.toMatchObject({ code: 'UNAVAILABLE' })
      await expect(rig.storage.copy(newId(), newId())).rejects.toMatchObject({ code: 'UNAVAILABLE' })
    })

    it('deleting leaves nothing, and may be said twice', async () => {
      await using rig = await rigOf(open)
      const id = await rig.put(Buffer.from('abc'))
      await rig.storage.delete([id])
      await rig.storage.delete([id])
      expect(await rig.storage.stat(id)).toBeUndefined()
    })

    it('lists every object with its size', async () => {
      await using rig = await rigOf(open)
      const ids = [await rig.put(Buffer.from('a')), await rig.put(Buffer.from('bc'))]
      const sizes = new Map<string, number>()
      for await (const { id, size } of rig.storage.list()) sizes.set(id, size)
      expect([...sizes].toSorted()).toEqual(ids.map((id, index) => [id, index + 1]))
    })

    it('answers whether it is there', async () => {
      await using rig = await rigOf(open)
      await expect(rig.storage.check()).resolves.toBeUndefined()
    })
  })
}

async function rigOf(open: () => Promise<StorageUnderTest>): Promise<Rig> {
  const opened = await open()
  const staging = await mkdtemp(join(tmpdir(), 'lectern-staged-'))
  const stage = async (content: Uint8Array) => {
    const path = join(staging, newId())
    await writeFile(path, content)
    return path
  }
  return {
    storage: opened.storage,
    stage,
    put: async (content) => {
      const id = newId()
      await opened.storage.put(id, await stage(content))
      return id
    },
    [Symbol.asyncDispose]: async () => {
      await opened[Symbol.asyncDispose]()
      await rm(staging, { recursive: true })
    },
  }
}
