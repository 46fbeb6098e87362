// protocol/dist and backend/dist, made by TypeScript; `backend/dist/.sources` says of which sources.
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** In the order of their imports: backend is compiled against protocol's declarations. */
const WORKSPACES = ['protocol', 'backend']
const SETTINGS = [
  'tsconfig.base.json',
  ...WORKSPACES.flatMap((name) => [`${name}/package.json`, `${name}/tsconfig.build.json`]),
]

/** @param {string} root */
const stampOf = (root) => join(root, 'backend/dist/.sources')
/** @param {string} root */
const compilerOf = (root) => join(root, 'node_modules/typescript/bin/tsc')

/** @param {string} folder */
function filesIn(folder) {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true })
  return entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name))
}

/**
 * By content, not by time: a checkout, a copy and a clock that was set back all give times that mean nothing.
 * @param {string} root
 */
function digestOfSources(root) {
  const hash = createHash('sha256')
  const sources = WORKSPACES.flatMap((name) => filesIn(join(root, name, 'src')))
  const paths = [...SETTINGS.map((path) => join(root, path)), ...sources.filter((path) => !path.endsWith('.test.ts'))]
  for (const path of paths.sort()) {
    const content = readFileSync(path)
    hash.update(`${path.slice(root.length)}\n${content.length}\n`).update(content)
  }
  return hash.digest('hex')
}

/**
 * Whether what was built is of the sources that are there. Without sources (an image that holds the build alone) it is.
 * @param {string} root
 */
export function isFresh(root) {
  if (!existsSync(stampOf(root))) return false
  if (!existsSync(join(root, 'backend/src'))) return true
  return readFileSync(stampOf(root), 'utf8').trim() === digestOfSources(root)
}

/**
 * A production install leaves the compiler out.
 * @param {string} root
 */
export const canCompile = (root) => existsSync(compilerOf(root)) && existsSync(join(root, 'backend/src'))

/**
 * Compiles beside what is there and takes its place only when all is well.
 * @param {string} root
 * @returns {boolean} false when the sources have errors; the compiler has printed them
 */
export function compile(root) {
  const digest = digestOfSources(root)
  for (const name of WORKSPACES) {
    const workspace = join(root, name)
    const fresh = join(workspace, `.dist-${process.pid}`)
    const compiler = [compilerOf(root), '-p', join(workspace, 'tsconfig.build.json'), '--outDir', fresh]
    const { status } = spawnSync(process.execPath, compiler, { stdio: ['ignore', 'inherit', 'inherit'] })
    if (status !== 0) {
      rmSync(fresh, { recursive: true, force: true })
      return false
    }
    rmSync(join(workspace, 'dist'), { recursive: true, force: true })
    renameSync(fresh, join(workspace, 'dist'))
  }
  writeFileSync(stampOf(root), `${digest}\n`)
  return true
}
