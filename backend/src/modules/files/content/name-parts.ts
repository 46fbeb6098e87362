/** How long a name may be: UTF-16 units, and bytes of UTF-8. */
export interface NameLimits {
  readonly units: number
  readonly bytes: number
}

/** Longer than any that is taken; what is longer belongs to the name. */
const LONGEST_EXTENSION = 16

/** The extension with its dot, as written; `.tar.gz` is one. Of a name that begins with its only dot: all of it. */
export function splitName(name: string): { stem: string; extension: string } {
  const dot = startOfExtension(name)
  return { stem: name.slice(0, dot), extension: name.slice(dot) }
}

function startOfExtension(name: string): number {
  const compressedTar = /\.tar\.gz$/i.exec(name)
  if (compressedTar !== null) return compressedTar.index
  const dot = name.lastIndexOf('.')
  return dot === -1 || name.length - dot > LONGEST_EXTENSION ? name.length : dot
}

/** Made by the first name that is too long: it takes as long as a hundredth of a start. */
let graphemes: Intl.Segmenter | undefined

/** The longest beginning of whole graphemes within the limits. */
export function cutTo(text: string, { units, bytes }: NameLimits): string {
  if (text.length <= units && Buffer.byteLength(text) <= bytes) return text
  graphemes ??= new Intl.Segmenter(undefined, { granularity: 'grapheme' })
  let end = 0
  let size = 0
  // One unit more than fits tells whether the last grapheme goes on: an input of a megabyte is not segmented.
  for (const { segment, index } of graphemes.segment(text.slice(0, units + 1))) {
    size += Buffer.byteLength(segment)
    if (index + segment.length > units || size > bytes) break
    end = index + segment.length
  }
  return text.slice(0, end)
}
