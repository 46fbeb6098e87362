import type { Buffer } from 'node:buffer'
import type { Bytes } from './bytes.ts'
import { type RootElement, rootElement } from './xml-root.ts'

const NAMESPACE = 'http://www.w3.org/2000/svg'
/** Licences and entities that drawing programs write before the root element fit in it many times. */
const LONGEST_PROLOGUE = 262_144

/** Whether text that begins so could be SVG: `rootElement` may not have come yet. */
export function couldBeSvg(head: Buffer): boolean {
  const root = rootElement(asText(head))
  return root === 'unfinished' || (root !== 'none' && isSvgRoot(root))
}

/** Whether it is XML whose root element is `svg` of the SVG namespace. Compressed (`.svgz`) it is none. */
export async function isSvg(bytes: Bytes): Promise<boolean> {
  const root = rootElement(asText(await bytes.read(0, LONGEST_PROLOGUE)))
  return typeof root === 'object' && isSvgRoot(root)
}

function isSvgRoot({ name, attributes }: RootElement): boolean {
  const [local = '', prefix] = name.split(':').reverse()
  return local === 'svg' && attributes.get(prefix === undefined ? 'xmlns' : `xmlns:${prefix}`) === NAMESPACE
}

/** Markup is ASCII in every other encoding that a browser reads. */
function asText(bytes: Buffer): string {
  if (bytes.length >= 2 && bytes.readUInt16BE(0) === 0xfeff) return new TextDecoder('utf-16be').decode(bytes)
  if (bytes.length >= 2 && bytes.readUInt16LE(0) === 0xfeff) return new TextDecoder('utf-16le').decode(bytes)
  return bytes.toString('latin1').replace(/^\xEF\xBB\xBF/, '')
}
