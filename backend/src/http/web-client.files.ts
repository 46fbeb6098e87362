import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { extname, join, relative, sep } from 'node:path'
import { fileURLToPath } from 'node:url'

/** A file as it is sent; compressed where the build found that worth while. */
export interface WebClientFile {
  /** With its dot, as `.js`. */
  readonly extension: string
  readonly plain: Buffer
  readonly br: Buffer | undefined
  readonly gzip: Buffer | undefined
  /** Weak: the same whatever the encoding. */
  readonly etag: string
}

/**
 * One build of the web client, whole. It is held in memory (a few MB), so that what a page names is there for as long as
 * the process that sent the page, whatever is built meanwhile.
 */
export interface WebClientBuild {
  readonly page: string
  /** By path from the root, as `/assets/index-B3x.js`. */
  readonly files: ReadonlyMap<string, WebClientFile>
}

// As far from `dist` as from `src`.
const BUILD = fileURLToPath(new URL('../../../frontend/dist', import.meta.url))
const PAGE = 'index.html'
const COMPRESSED = /\.(br|gz)$/

/**
 * Reads all of it before it returns: at a start nobody else is waiting, and three hundred files cost twice as much when
 * each is waited for.
 * @returns undefined where no web client was built
 */
export function loadWebClient(folder: string = BUILD): WebClientBuild | undefined {
  if (!existsSync(folder)) return undefined
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true })
  const names = entries.filter((entry) => entry.isFile()).map(({ parentPath, name }) => join(parentPath, name))
  const contents = new Map(names.map((name) => [relative(folder, name).replaceAll(sep, '/'), readFileSync(name)]))
  const page = contents.get(PAGE)?.toString('utf8')
  if (page === undefined) return undefined
  return { page, files: filesOf(contents) }
}

function filesOf(contents: ReadonlyMap<string, Buffer>): ReadonlyMap<string, WebClientFile> {
  const files = new Map<string, WebClientFile>()
  for (const [name, plain] of contents) {
    // What the build keeps for itself, its manifest, stands in a folder with a dot.
    if (name === PAGE || name.startsWith('.') || COMPRESSED.test(name)) continue
    const [br, gzip] = [contents.get(`${name}.br`), contents.get(`${name}.gz`)]
    files.set(`/${name}`, { extension: extname(name), plain, br, gzip, etag: etagOf(plain) })
  }
  return files
}

const etagOf = (content: Buffer): string => `W/"${createHash('sha256').update(content).digest('base64url')}"`
