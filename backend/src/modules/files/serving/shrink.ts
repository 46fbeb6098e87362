import type Sharp from 'sharp'
import { Turns } from './turns.ts'

/** What cannot be decoded, or not within bounds. */
export class NotAnImage extends Error {}

const MOST_PIXELS = 50_000_000
/** Of what is decoded whole, at up to 5 bytes each: GIF, and what comes in passes. The rest is decoded as it is made small. */
const MOST_PIXELS_WHOLE = 4096 * 3072
const MOST_SECONDS = 20
/** Of the thumbnail: a scroll of a hundred screens has its beginning's width, not its length. */
const TALLEST = 4
const QUALITY = 80

/** What is uploaded as a raster image; no other decoder is ever given a stranger's bytes. */
const DECODERS = ['Jpeg', 'Png', 'Webp', 'Nsgif'].map((format) => `VipsForeignLoad${format}Buffer`)

let loading: Promise<typeof Sharp> | undefined

/** Loaded at the first use: its 15 MB are not needed to start. */
function loadSharp(): Promise<typeof Sharp> {
  loading ??= import('sharp').then(({ default: sharp }) => {
    sharp.cache(false)
    sharp.concurrency(1)
    sharp.block({ operation: ['VipsForeignLoad'] })
    sharp.unblock({ operation: DECODERS })
    return sharp
  })
  return loading
}

/** Those that are decoded whole, one at a time. */
const whole = new Turns(1, 100)

/**
 * The first frame as a WebP of at most this width, upright, without the original's metadata.
 * @throws NotAnImage
 */
export async function shrink(image: Uint8Array, width: number): Promise<Buffer> {
  const sharp = await loadSharp()
  const input = sharp(image, { limitInputPixels: MOST_PIXELS, failOn: 'error', autoOrient: true })
  const small = () =>
    decoding(
      input
        .resize({ width, height: width * TALLEST, fit: 'inside', withoutEnlargement: true })
        .webp({ quality: QUALITY })
        .timeout({ seconds: MOST_SECONDS })
        .toBuffer(),
    )
  const { format, isProgressive, width: columns, height: rows } = await decoding(input.metadata())
  if (format !== 'gif' && !isProgressive) return small()
  if (columns * rows > MOST_PIXELS_WHOLE) throw new NotAnImage(`${columns} × ${rows} pixels at once`)
  return whole.run(small)
}

async function decoding<Result>(work: Promise<Result>): Promise<Result> {
  try {
    return await work
  } catch (cause) {
    throw new NotAnImage(cause instanceof Error ? cause.message : 'not an image', { cause })
  }
}
