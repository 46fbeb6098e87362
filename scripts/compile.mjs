// Every workspace's `dist`: protocol, sdk and backend made by TypeScript, the last in a few files by Rolldown, frontend by
// Vite; `backend/dist/.sources` says of which sources.
import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { existsSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { precompress } from './precompress.mjs'

const WORKSPACES = ['protocol', 'sdk', 'backend', 'frontend']
/** The lock file too: web client and server hold the packages that they import. */
const SETTINGS = [
  'scripts/bundle-server.mjs',
  'package-lock.json',
  'tsconfig.base.json',
  ...['protocol', 'sdk', 'backend'].flatMap((name) => [`${name}/package.json`, `${name}/tsconfig.build.json`]),
  ...['package.json', 'tsconfig.json', 'vite.config.ts', 'index.html'].map((name) => `frontend/${name}`),
]
const FOLDERS = [...WORKSPACES.map((name) => `${name}/src`), 'frontend/build', 'frontend/public']
const TSC = 'node_modules/typescript/bin/tsc'
const VITE = 'node_modules/vite/bin/vite.js'
const TOOLS = [TSC, VITE, 'node_modules/rolldown/package.json']

/** @param {string} root */
const stampOf = (root) => join(root, 'backend/dist/.sources')
/** @param {string} root */
const hasSources = (root) => existsSync(join(root, 'backend/src'))
/** @param {string} path */
const isSource = (path) => !/\.test\.tsx?$/.test(path)

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
  const sources = FOLDERS.flatMap((folder) => filesIn(join(root, folder))).filter(isSource)
  const paths = [...SETTINGS.map((path) => join(root, path)), ...sources]
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
  if (!hasSources(root)) return true
  if (!WORKSPACES.every((name) => existsSync(join(root, name, 'dist')))) return false
  return readFileSync(stampOf(root), 'utf8').trim() === digestOfSources(root)
}

/**
 * A production install leaves the tools out.
 * @param {string} root
 */
export const canCompile = (root) => hasSources(root) && TOOLS.every((tool) => existsSync(join(root, tool)))

/**
 * @param {string} root
 * @param {string[]} command a tool's script and what it is told
 * @returns {Promise<boolean>}
 */
async function succeeds(root, command) {
  // Whatever runs here, a test or somebody's development: what is built is what an installation runs.
  // biome-ignore lint/style/noProcessEnv: the tools get this process's environment otherwise.
  const env = { ...process.env, NODE_ENV: 'production' }
  const child = spawn(process.execPath, command, { cwd: root, env, stdio: ['ignore', 'inherit', 'inherit'] })
  const [status] = await once(child, 'exit')
  return status === 0
}

/** @param {string} name of a workspace */
const placeOf = (name) => join(name, `.dist-${process.pid}`)
/** The server before it is bundled: beside the packages that it imports. */
const MODULES = `${placeOf('backend')}-modules`

/**
 * @param {string} root
 * @param {string} name of a workspace
 * @param {string} folder
 */
const compileTypeScript = (root, name, folder = placeOf(name)) =>
  succeeds(root, [join(root, TSC), '-p', join(name, 'tsconfig.build.json'), '--outDir', folder])

/** @param {string} root */
async function bundleFrontend(root) {
  const folder = join(root, placeOf('frontend'))
  const how = ['--configLoader', 'native', '--outDir', folder, '--emptyOutDir', '--logLevel', 'warn']
  if (!(await succeeds(root, [join(root, VITE), 'build', 'frontend', ...how]))) return false
  await precompress(folder)
  return true
}

/** @param {string} root */
async function compileLibrariesAndServer(root) {
  if (!(await compileTypeScript(root, 'protocol'))) return false
  // What the others are compiled against.
  takePlace(root, 'protocol')
  return (await compileTypeScript(root, 'sdk')) && (await compileServer(root))
}

/** @param {string} root */
async function compileServer(root) {
  const bundle = join(root, 'scripts/bundle-server.mjs')
  if (!(await compileTypeScript(root, 'backend', MODULES))) return false
  return await succeeds(root, [bundle, MODULES, placeOf('backend')])
}

/**
 * @param {string} root
 * @param {string} name of a workspace
 */
function takePlace(root, name) {
  rmSync(join(root, name, 'dist'), { recursive: true, force: true })
  renameSync(join(root, placeOf(name)), join(root, name, 'dist'))
}

/**
 * Builds beside what is there and takes its place only when all is well.
 * @param {string} root
 * @returns {Promise<boolean>} false when the sources have errors; the tools have printed them
 */
export async function compile(root) {
  const digest = digestOfSources(root)
  try {
    const done = await Promise.all([bundleFrontend(root), compileLibrariesAndServer(root)])
    if (done.includes(false)) return false
    for (const name of ['sdk', 'backend', 'frontend']) takePlace(root, name)
    writeFileSync(stampOf(root), `${digest}\n`)
    return true
  } finally {
    for (const folder of [...WORKSPACES.map(placeOf), MODULES])
      rmSync(join(root, folder), { recursive: true, force: true })
  }
}
