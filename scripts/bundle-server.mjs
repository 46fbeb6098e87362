// node scripts/bundle-server.mjs FROM TO: what TypeScript made of the server, with the packages that it imports, in a few
// files. Node takes about a millisecond to load a module, and the server has 1,150 of them, of which each thread loads
// hundreds again.
// compile.mjs runs it as a process of its own, so that a server which was built by its start holds no bundler.
import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, posix, relative, resolve, sep } from 'node:path'
import { rolldown } from 'rolldown'

/** Native, or looking for files beside their own: loaded from node_modules. */
const LEFT_OUT = [/^better-sqlite3$/, /^sharp$/, /^@node-rs\/argon2$/]

const [from = '', to = ''] = process.argv.slice(2).map((path) => resolve(path))
const paths = readdirSync(from, { recursive: true, encoding: 'utf8' }).map((path) => path.split(sep).join('/'))
/** What each module says, by its path. */
const modules = new Map(
  paths.filter((path) => path.endsWith('.js')).map((path) => [path, readFileSync(join(from, path), 'utf8')]),
)
const imported = new Set(
  [...modules].flatMap(([path, code]) =>
    [...code.matchAll(/\b(?:from|import) ?\(?["'](\.[^"']+)["']/g)].map(([, to = '']) => posix.join(dirname(path), to)),
  ),
)
/** What is started by its name: it stands at the top, and nobody imports it. */
const programs = [...modules.keys()].filter((path) => !path.includes('/') && !imported.has(path))
/** What is named by its address: threads, and what they import. */
const addressed = [...modules.keys()].filter(
  (path) =>
    (path.endsWith('-thread.js') && !imported.has(path)) ||
    path === 'app/operations.js' ||
    modules.get(path)?.includes('defineOperations(import.meta.url'),
)

/**
 * A module finds files, and is found by threads, by its address: it keeps the one that it had before.
 * @type {import('rolldown').Plugin}
 */
const ownAddress = {
  name: 'own-address',
  transform(code, id) {
    const path = relative(from, id).split(sep).join('/')
    if (path.startsWith('..') || !code.includes('import.meta.url')) return undefined
    return code.replaceAll('import.meta.url', `__addressOf("${path}")`)
  },
  renderChunk: (code, chunk) =>
    code.replaceAll(/__addressOf\("([^"]+)"\)/g, (_call, path) => {
      if (path === chunk.fileName) return 'import.meta.url'
      return `new URL("${posix.relative(posix.dirname(chunk.fileName), path)}", import.meta.url).href`
    }),
}

const HTTP = '\0http'
/**
 * An `import` of `node:http` reads all that it exports, and with `WebSocket` comes Node's `fetch`: a twentieth of a start.
 * Asked for in this way, it reads what is used.
 * @type {import('rolldown').Plugin}
 */
const plainHttp = {
  name: 'plain-http',
  resolveId: (id) => (id === 'node:http' || id === 'http' ? HTTP : undefined),
  load: (id) => (id === HTTP ? `module.exports = process.getBuiltinModule('node:http')` : undefined),
}

/**
 * JSON is read several times as fast by `JSON.parse` as by the compiler.
 * @type {import('rolldown').Plugin}
 */
const parsedJson = {
  name: 'parsed-json',
  load(id) {
    if (!id.endsWith('.json')) return undefined
    const json = JSON.stringify(JSON.parse(readFileSync(id, 'utf8')))
    return { code: `module.exports = JSON.parse(${JSON.stringify(json)})`, moduleType: 'js' }
  },
}

/**
 * @param {string} name
 * @param {string[]} entries stay where they are, for what is named by its address
 * @param {import('rolldown').CodeSplittingOptions['groups']} groups
 */
async function bundle(name, entries, groups = []) {
  if (entries.length === 0) return
  const made = await rolldown({
    input: Object.fromEntries(entries.map((path) => [path.slice(0, -'.js'.length), join(from, path)])),
    platform: 'node',
    external: LEFT_OUT,
    plugins: [ownAddress, plainHttp, parsedJson],
    // An import that leads nowhere, above all, would fail when somebody's server is started.
    onLog: (level, log) => {
      if (level === 'warn') throw new Error(log.message)
    },
  })
  try {
    await made.write({
      dir: to,
      format: 'esm',
      entryFileNames: '[name].js',
      // A server that runs while another build takes its place finds none of its chunks, rather than others of the same name.
      chunkFileNames: `chunks/${name}/[name]-[hash].js`,
      // Licences stay; what else is said in comments is for readers of the sources.
      comments: { legal: true, jsdoc: false, annotation: false },
      codeSplitting: { groups },
    })
  } finally {
    await made.close()
  }
}

await bundle('programs', programs)
// The threads have less of everything: bundled by themselves, they load no more than that.
await bundle('threads', addressed, [{ name: 'common', minShareCount: 2 }])
