import { createHash, randomBytes } from 'node:crypto'
import { mkdtemp, readdir, readFile, rm, symlink } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { PassThrough, Readable } from 'node:stream'
import { describe, expect, it } from 'vitest'
import { BLOCK_BYTES } from './block-memory.ts'
import { Staging } from './staging.ts'

const NO_LIMITS = { maxBytes: Number.MAX_SAFE_INTEGER, onHead: () => undefined }

async function startStaging(directory = tmpdir()): Promise<Staging & AsyncDisposable> {
  const own = await mkdtemp(join(directory, 'lectern-staging-'))
  const staging = new Staging(own)
  const dispose = async () => {
    await staging.close()
    await rm(own, { recursive: true })
  }
  return Object.assign(staging, { [Symbol.asyncDispose]: dispose })
}

/** Pieces of their own memory each, as a request's are. */
function piecesOf(bytes: Uint8Array, size: number): Readable {
  const pieces: Uint8Array[] = []
  for (let at = 0; at < bytes.length; at += size)
    pieces.push(Buffer.from(new Uint8Array(bytes.subarray(at, at + size)).buffer))
  return Readable.from(pieces, { objectMode: false })
}

const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex')

describe('Staging', () => {
  it.each([0, 1, 4095, 4096, BLOCK_BYTES - 1, BLOCK_BYTES, BLOCK_BYTES + 1, 3 * BLOCK_BYTES + 5000])(
    'has %i bytes on disk as they came, and their hash',
    async (size) => {
      await using staging = await startStaging()
      const bytes = randomBytes(size)
      for (const piece of [65_536, 1_000_003]) {
        const hash = staging.startHash()
        const written = await staging.write('a', piecesOf(bytes, piece), { ...NO_LIMITS, hash })
        expect([written.size, await hash.digest()]).toEqual([size, sha256(bytes)])
        expect(bytes.equals(await readFile(staging.pathOf('a')))).toBe(true)
      }
    },
  )

  it('goes on at any byte, with the hash of all of it', async () => {
    await using staging = await startStaging()
    const bytes = randomBytes(4 * BLOCK_BYTES)
    const hash = staging.startHash()
    await staging.make('a')
    const cuts = [0, 7, 4096, BLOCK_BYTES + 4096, 2 * BLOCK_BYTES + 1, bytes.length]
    for (const [index, end] of cuts.entries()) {
      const offset = cuts[index - 1] ?? 0
      await staging.write('a', piecesOf(bytes.subarray(offset, end), 65_536), { ...NO_LIMITS, offset, hash })
    }
    expect(bytes.equals(await readFile(staging.pathOf('a')))).toBe(true)
    expect([await hash.digest(), await (await staging.hashOf('a')).digest()]).toEqual([sha256(bytes), sha256(bytes)])
  })

  it.each([0, 5])(
    'goes on at byte %i only with what is there: what was ended meanwhile stays ended',
    async (offset) => {
      await using staging = await startStaging()
      await staging.make('a')
      if (offset > 0) await staging.write('a', piecesOf(randomBytes(offset), 10), { ...NO_LIMITS, offset: 0 })
      await staging.remove('a')
      await staging.beginUndoable('a')
      const gone = staging.write('a', piecesOf(randomBytes(BLOCK_BYTES), 65_536), { ...NO_LIMITS, offset })
      await expect(gone).rejects.toMatchObject({ code: 'NOT_FOUND' })
      await staging.undo('a')
      expect(await readdir(dirname(staging.pathOf('a')))).toEqual([])
    },
  )

  it('keeps what is staged where going on brings nothing', async () => {
    await using staging = await startStaging()
    const bytes = randomBytes(5000)
    await staging.write('a', piecesOf(bytes, 1000), NO_LIMITS)
    await staging.write('a', piecesOf(Buffer.of(), 1), { ...NO_LIMITS, offset: 0 })
    expect(bytes.equals(await readFile(staging.pathOf('a')))).toBe(true)
  })

  it('keeps uploads apart that come in at the same time', async () => {
    await using staging = await startStaging()
    const uploads = Array.from({ length: 12 }, (_, index) => ({
      id: `u${index}`,
      bytes: randomBytes(1_700_000 + index),
    }))
    const digests = uploads.map(async ({ id, bytes }) => {
      const hash = staging.startHash()
      await staging.write(id, piecesOf(bytes, 65_536), { ...NO_LIMITS, hash })
      return hash.digest()
    })
    expect(await Promise.all(digests)).toEqual(uploads.map(({ bytes }) => sha256(bytes)))
    for (const { id, bytes } of uploads) expect(bytes.equals(await readFile(staging.pathOf(id)))).toBe(true)
  })

  it('tells of a source that ends half-way, whose next upload is whole', async () => {
    await using staging = await startStaging()
    const source = new PassThrough()
    source.write(randomBytes(3 * BLOCK_BYTES))
    const cut = staging.write('a', source, { ...NO_LIMITS, hash: staging.startHash() })
    source.destroy()
    await expect(cut).rejects.toMatchObject({ code: 'VALIDATION_FAILED' })
    const bytes = randomBytes(3 * BLOCK_BYTES)
    const hash = staging.startHash()
    await staging.write('b', piecesOf(bytes, 65_536), { ...NO_LIMITS, hash })
    expect(await hash.digest()).toBe(sha256(bytes))
  })

  it('FI16 undoes what a file was gone on with when its disk fails, and ends what cannot be undone', async () => {
    await using staging = await startStaging()
    const before = randomBytes(5000)
    await staging.make('a')
    await staging.write('a', piecesOf(before, 1000), { ...NO_LIMITS, offset: 0 })
    const lost = staging.startHash()
    await lost.digest()
    const rest = () => piecesOf(randomBytes(3 * BLOCK_BYTES), 65_536)
    await expect(staging.write('a', rest(), { ...NO_LIMITS, offset: 5000, hash: lost })).rejects.toThrow()
    expect(before.equals(await readFile(staging.pathOf('a')))).toBe(true)

    await symlink('/dev/full', staging.pathOf('b'))
    await expect(staging.write('b', rest(), { ...NO_LIMITS, offset: 0 })).rejects.toMatchObject({
      code: 'STORAGE_FULL',
    })
    expect(await staging.sizeOf('b')).toBeUndefined()
  })

  it('FI16 tells of a failing sync also where the source was cut off', async () => {
    await using staging = await startStaging()
    await symlink('/dev/null', staging.pathOf('a'))
    const source = new PassThrough()
    const cut = staging.write('a', source, { ...NO_LIMITS, offset: 0, keepsCut: true })
    source.write(randomBytes(5000))
    source.destroy()
    await expect(cut).rejects.toMatchObject({ code: 'EINVAL' })
    expect(await staging.sizeOf('a')).toBeUndefined()
  })

  it('fails an upload whose hash is lost on the way, and takes the next', async () => {
    await using staging = await startStaging()
    const hash = staging.startHash()
    await hash.digest()
    const source = piecesOf(randomBytes(4 * BLOCK_BYTES), 65_536)
    await expect(staging.write('a', source, { ...NO_LIMITS, hash })).rejects.toThrow(
      'The thread that hashes has ended.',
    )
    const next = staging.startHash()
    await staging.write('b', piecesOf(Buffer.from('next'), 2), { ...NO_LIMITS, hash: next })
    expect(await next.digest()).toBe(sha256(Buffer.from('next')))
  })

  it('leaves bytes alone that a chunk shares its memory with', async () => {
    await using staging = await startStaging()
    const whole = Buffer.from('before chunk after')
    await staging.write('a', Readable.from([whole.subarray(7, 12)], { objectMode: false }), NO_LIMITS)
    expect(whole.toString()).toBe('before chunk after')
  })
})
