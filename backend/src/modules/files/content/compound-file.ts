import type { Buffer } from 'node:buffer'
import type { Bytes } from './bytes.ts'

/** Sectors of a directory: of 512 bytes each holds four entries, and a document has some dozens. */
const MOST_SECTORS = 4096
const HEADER = 512
const ENTRY = 128
/** Regular sectors are numbered up to this, [MS-CFB] 2.1; above are marks such as “end of chain”. */
const LAST_SECTOR = 0xfffffffa
const NO_ENTRY = 0xffffffff
const FAT_SECTORS_IN_HEADER = 109

interface Entry {
  readonly name: string
  readonly left: number
  readonly right: number
  readonly child: number
}

/**
 * The names of a compound file's root storage, upper case, as [MS-CFB] compares them. Only these tell what it is: an
 * embedded sheet has its own, further down. Empty where its structure does not hold.
 */
export async function namesInCompoundFile(bytes: Bytes): Promise<ReadonlySet<string>> {
  const header = await bytes.read(0, HEADER)
  const shift = header.length === HEADER ? header.readUInt16LE(30) : 0
  // 512 bytes in version 3, 4,096 in version 4.
  if (shift !== 9 && shift !== 12) return new Set()
  const sectors = new Sectors(bytes, header, 2 ** shift)
  return namesBelowRoot(await sectors.chain(header.readUInt32LE(48)))
}

class Sectors {
  private readonly bytes: Bytes
  private readonly header: Buffer
  private readonly size: number
  private fat: Promise<number[]> | undefined

  constructor(bytes: Bytes, header: Buffer, size: number) {
    this.bytes = bytes
    this.header = header
    this.size = size
  }

  /** The sectors of one stream, in its order. */
  async chain(first: number): Promise<Buffer[]> {
    const found = new Map<number, Buffer>()
    for (let at = first; at <= LAST_SECTOR && found.size < MOST_SECTORS && !found.has(at); at = await this.after(at)) {
      const sector = await this.read(at)
      if (sector.length < this.size) break
      found.set(at, sector)
    }
    return [...found.values()]
  }

  /** The header takes the room of sector -1. */
  private read(sector: number): Promise<Buffer> {
    return this.bytes.read((sector + 1) * this.size, this.size)
  }

  private async after(sector: number): Promise<number> {
    this.fat ??= this.fatSectors()
    const perSector = this.size / 4
    const place = (await this.fat)[Math.floor(sector / perSector)]
    if (place === undefined) return NO_ENTRY
    const next = await this.bytes.read((place + 1) * this.size + (sector % perSector) * 4, 4)
    return next.length === 4 ? next.readUInt32LE(0) : NO_ENTRY
  }

  /** Where the allocation table is: 109 places in the header, further ones in a chain of sectors linked by their last word. */
  private async fatSectors(): Promise<number[]> {
    const places = wordsOf(this.header.subarray(76, 76 + FAT_SECTORS_IN_HEADER * 4))
    let next = this.header.readUInt32LE(68)
    const seen = new Set<number>()
    while (next <= LAST_SECTOR && seen.size < MOST_SECTORS && !seen.has(next)) {
      seen.add(next)
      const words = wordsOf(await this.read(next))
      next = words.pop() ?? NO_ENTRY
      places.push(...words)
    }
    return places
  }
}

const wordsOf = (sector: Buffer): number[] =>
  Array.from({ length: Math.floor(sector.length / 4) }, (_, index) => sector.readUInt32LE(index * 4))

/** A storage's entries are a tree of siblings, [MS-CFB] 2.6.4; a loop in it is walked once. */
function namesBelowRoot(directory: readonly Buffer[]): ReadonlySet<string> {
  const root = entryAt(directory, 0)
  const names = new Set<string>()
  const seen = new Set<number>()
  const waiting = root === undefined ? [] : [root.child]
  for (let id = waiting.pop(); id !== undefined; id = waiting.pop()) {
    const entry = seen.has(id) ? undefined : entryAt(directory, id)
    if (entry === undefined) continue
    seen.add(id)
    names.add(entry.name)
    waiting.push(entry.left, entry.right)
  }
  return names
}

function entryAt(directory: readonly Buffer[], id: number): Entry | undefined {
  const perSector = (directory[0]?.length ?? 0) / ENTRY
  const sector = directory[Math.floor(id / perSector)]
  if (sector === undefined) return undefined
  const start = (id % perSector) * ENTRY
  const nameBytes = Math.min(sector.readUInt16LE(start + 64), 64)
  return {
    // Its length counts the closing zero.
    name: sector.toString('utf16le', start, start + Math.max(nameBytes - 2, 0)).toUpperCase(),
    left: sector.readUInt32LE(start + 68),
    right: sector.readUInt32LE(start + 72),
    child: sector.readUInt32LE(start + 76),
  }
}
