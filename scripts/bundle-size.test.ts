import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'

// On what `npm run build` made, as its server sends it: compressed by brotli.

const DIST = join(import.meta.dirname, '../frontend/dist')
const ENTRY = 'index.html'
/** Its texts are the longer ones. */
const LANGUAGE = 'vi'
const MOST_BYTES = 200_000

const manifestSchema = z.record(
  z.string(),
  z.object({
    file: z.string(),
    name: z.string().optional(),
    imports: z.array(z.string()).default([]),
    css: z.array(z.string()).default([]),
  }),
)
type Manifest = z.infer<typeof manifestSchema>

/** What each view loads before it is shown, beside the texts of one language; what it loads when needed is not in it. */
const VIEWS = {
  'signing in': { parts: [], texts: ['common', 'account'] },
  'the courses': { parts: ['src/app/signed-in.tsx'], texts: ['common', 'courses'] },
  'a chat': {
    parts: ['src/app/signed-in.tsx', 'src/features/chat/chat-page.tsx'],
    texts: ['common', 'courses', 'chat'],
  },
} as const

/** With all that they import, but for what is imported when needed. */
function withImports(manifest: Manifest, keys: readonly string[]): Manifest {
  const found: Manifest = {}
  const add = (key: string): void => {
    const chunk = manifest[key]
    if (chunk === undefined) throw new Error(`The build has no ${key}.`)
    if (found[key] !== undefined) return
    found[key] = chunk
    chunk.imports.forEach(add)
  }
  keys.forEach(add)
  return found
}

/** As sent: a file too small to be worth compressing goes as it is. */
async function sentBytes(file: string): Promise<number> {
  const path = join(DIST, file)
  const content = await readFile(`${path}.br`).catch(() => readFile(path))
  return content.length
}

const sum = (numbers: readonly number[]): number => numbers.reduce((total, number) => total + number, 0)

describe('the web client', () => {
  let manifest: Manifest

  beforeAll(async () => {
    manifest = manifestSchema.parse(JSON.parse(await readFile(join(DIST, '.vite/manifest.json'), 'utf8')))
  })

  it.each(Object.entries(VIEWS))('loads less than 200 KB of script for %s', async (view, { parts, texts }) => {
    const keys = [ENTRY, ...parts, ...texts.map((name) => `src/locales/${LANGUAGE}/${name}.json`)]
    const chunks = Object.values(withImports(manifest, keys))
    const scripts = chunks.map(({ file }) => file)
    const styles = [...new Set(chunks.flatMap(({ css }) => css))]
    const script = sum(await Promise.all(scripts.map(sentBytes)))
    const style = sum(await Promise.all(styles.map(sentBytes)))
    const shown = (bytes: number) => `${(bytes / 1000).toFixed(1)} KB`
    console.log(`${view}, by brotli: ${shown(script)} of script in ${scripts.length} files, ${shown(style)} of style.`)
    expect(script).toBeGreaterThan(0)
    expect(script).toBeLessThan(MOST_BYTES)
  })

  it('has neither the validator of the server nor a source map in it, nor in anything that it loads later', async () => {
    const names = await readdir(join(DIST, 'assets'))
    expect(names.filter((name) => name.endsWith('.map'))).toEqual([])
    for (const name of names.filter((name) => name.endsWith('.js'))) {
      const text = await readFile(join(DIST, 'assets', name), 'utf8')
      expect(/ZodError|invalid_union/.test(text), name).toBe(false)
      expect(text.includes('sourceMappingURL'), name).toBe(false)
    }
  })
})
