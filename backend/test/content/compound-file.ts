const SECTOR = 512
const FREE = 0xffffffff
const END_OF_CHAIN = 0xfffffffe
const FAT_SECTOR = 0xfffffffd
const ENTRY = 128
const STORAGE = 1
const STREAM = 2
const ROOT = 5

export interface CompoundEntry {
  readonly name: string
  /** A storage's contents; left out for a stream. */
  readonly within?: readonly string[]
}

/** A compound file of version 3 with empty streams of these names in its root: header, allocation table, directory. */
export function compoundFile(...entries: readonly (string | CompoundEntry)[]): Buffer {
  const directory = directoryOf(entries.map((entry) => (typeof entry === 'string' ? { name: entry } : entry)))
  const sectors = directory.length / SECTOR
  const fat = Buffer.alloc(SECTOR, 0xff)
  fat.writeUInt32LE(FAT_SECTOR, 0)
  for (let sector = 1; sector <= sectors; sector++)
    fat.writeUInt32LE(sector === sectors ? END_OF_CHAIN : sector + 1, sector * 4)
  return Buffer.concat([header(), fat, directory])
}

function header(): Buffer {
  const bytes = Buffer.alloc(SECTOR)
  bytes.write('d0cf11e0a1b11ae1', 'hex')
  bytes.writeUInt16LE(3, 26)
  bytes.writeUInt16LE(0xfffe, 28)
  bytes.writeUInt16LE(9, 30)
  bytes.writeUInt16LE(6, 32)
  bytes.writeUInt32LE(1, 44)
  bytes.writeUInt32LE(1, 48)
  bytes.writeUInt32LE(4096, 56)
  bytes.writeUInt32LE(END_OF_CHAIN, 60)
  bytes.writeUInt32LE(END_OF_CHAIN, 68)
  bytes.fill(0xff, 76)
  bytes.writeUInt32LE(0, 76)
  return bytes
}

/** Siblings hang on each other's right: a tree, if not a balanced one. */
function directoryOf(entries: readonly CompoundEntry[]): Buffer {
  const rows: Buffer[] = [entryOf('Root Entry', ROOT, FREE, 1)]
  let next = 1 + entries.length
  const inner: Buffer[] = []
  entries.forEach(({ name, within }, index) => {
    const right = index + 1 < entries.length ? index + 2 : FREE
    rows.push(entryOf(name, within === undefined ? STREAM : STORAGE, right, within === undefined ? FREE : next))
    within?.forEach((child, place) => {
      inner.push(entryOf(child, STREAM, place + 1 < within.length ? next + 1 : FREE, FREE))
      next++
    })
  })
  const bytes = Buffer.concat([...rows, ...inner])
  return Buffer.concat([bytes, Buffer.alloc((SECTOR - (bytes.length % SECTOR)) % SECTOR)])
}

function entryOf(name: string, type: number, right: number, child: number): Buffer {
  const bytes = Buffer.alloc(ENTRY)
  bytes.write(name, 'utf16le')
  bytes.writeUInt16LE((name.length + 1) * 2, 64)
  bytes[66] = type
  bytes.writeUInt32LE(FREE, 68)
  bytes.writeUInt32LE(right, 72)
  bytes.writeUInt32LE(child, 76)
  return bytes
}
