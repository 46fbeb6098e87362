import type { Bytes } from './bytes.ts'

/** A fragmented recording of hours has its `moov` before its many fragments. */
const MOST_BOXES = 10_000
const LONGEST_BRANDS = 4096

const QUICKTIME = 'qt  '
const AUDIO_BRANDS: ReadonlySet<string> = new Set(['M4A ', 'M4B '])
/** Of the registry at mp4ra.org: what a player of MP4 takes. */
const MP4_BRAND = /^(iso[m2-9a-c]|mp4[12]|avc1|M4[ABPV][ HP]|dash|MSNV|mmp4|3g[p2][0-9a-z])$/
/** Photographs in the same boxes, some of them with a video track beside. */
const PICTURE_BRAND = /^(crx |hei[cmsx]|hev[cmsx]|avi[fs]|mif1|msf1)$/

interface Box {
  readonly type: string
  /** Where its contents are: `[start, end)`. */
  readonly start: number
  readonly end: number
}

/** `.mov`: QuickTime's own brand, or from before there were brands. */
export async function isQuickTime(bytes: Bytes): Promise<boolean> {
  const brands = await brandsOf(bytes)
  return brands[0] === QUICKTIME || (brands.length === 0 && (await boxesIn(bytes, 'moov')).length > 0)
}

/** `.mp4`: unless its brand says that it is an `.m4a`, and no track that it is a video all the same. */
export async function isMp4(bytes: Bytes): Promise<boolean> {
  const brands = await brandsOf(bytes)
  return isMp4Brand(brands) && (!isAudioBrand(brands) || (await tracksOf(bytes)).includes('vide'))
}

/** `.m4a`: audio by its brand, which may bear its cover as a video track, or by its tracks: recorders say `mp42`. */
export async function isMp4Audio(bytes: Bytes): Promise<boolean> {
  const brands = await brandsOf(bytes)
  if (!isMp4Brand(brands)) return false
  const tracks = await tracksOf(bytes)
  if (isAudioBrand(brands)) return tracks.length === 0 || tracks.includes('soun')
  return tracks.includes('soun') && !tracks.includes('vide')
}

const isAudioBrand = ([major = '']: readonly string[]): boolean => AUDIO_BRANDS.has(major)

const isMp4Brand = (brands: readonly string[]): boolean =>
  brands[0] !== QUICKTIME && !PICTURE_BRAND.test(brands[0] ?? '') && brands.some((brand) => MP4_BRAND.test(brand))

/** The major one first; none where it does not begin with `ftyp`. */
async function brandsOf(bytes: Bytes): Promise<string[]> {
  const [first] = await childrenOf(bytes, { type: 'file', start: 0, end: bytes.size }, 1)
  if (first?.type !== 'ftyp') return []
  const words = (await bytes.read(first.start, Math.min(first.end - first.start, LONGEST_BRANDS))).toString('latin1')
  // The second word is the version of the major brand.
  return (words.match(/.{4}/gs) ?? []).filter((_word, index) => index !== 1)
}

/** What each track is to be handled by: `vide`, `soun`, `text`, … */
async function tracksOf(bytes: Bytes): Promise<string[]> {
  const handlers = await boxesIn(bytes, 'moov', 'trak', 'mdia', 'hdlr')
  // Version, flags and a zero (QuickTime's component type) come first.
  return Promise.all(handlers.map(async ({ start }) => (await bytes.read(start + 8, 4)).toString('latin1')))
}

async function boxesIn(bytes: Bytes, ...path: readonly string[]): Promise<Box[]> {
  let boxes: Box[] = [{ type: 'file', start: 0, end: bytes.size }]
  for (const type of path) {
    const children: Box[] = []
    for (const box of boxes) children.push(...(await childrenOf(bytes, box, MOST_BOXES)))
    boxes = children.filter((child) => child.type === type).slice(0, MOST_BOXES)
  }
  return boxes
}

async function childrenOf(bytes: Bytes, { start, end }: Box, most: number): Promise<Box[]> {
  const boxes: Box[] = []
  for (let at = start; at + 8 <= end && boxes.length < most; ) {
    const header = await bytes.read(at, 16)
    if (header.length < 8) break
    const short = header.readUInt32BE(0)
    const isLong = short === 1 && header.length === 16
    const size = isLong ? Number(header.readBigUInt64BE(8)) : short === 0 ? end - at : short
    const contents = at + (isLong ? 16 : 8)
    if (at + size < contents) break
    boxes.push({ type: header.toString('latin1', 4, 8), start: contents, end: Math.min(at + size, end) })
    at += size
  }
  return boxes
}
