// `npm start`, `npm run demo | backup | restore | attendance:verify`: builds when there is no build of these sources, then becomes the
// program that is named first: no child process stands between it and a signal, and its exit code is this one's.
// (package.json says `exec` for the same reason: npm's shell would die of a SIGTERM and leave the server running.)
import module from 'node:module'
import { dirname, join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'

/** EX_CONFIG of sysexits.h: starting again does not help. */
const EX_CONFIG = 78
const root = dirname(dirname(fileURLToPath(import.meta.url)))

/**
 * @param {string} reason
 * @returns {never}
 */
function refuse(reason) {
  console.error(reason)
  process.exit(EX_CONFIG)
}

const [major = 0, minor = 0] = process.versions.node.split('.').map(Number)
if (major < 22 || (major === 22 && minor < 12)) {
  refuse(
    `Lectern needs Node 22.12 or later, and this is Node ${process.versions.node}: npm start brings its own where npm ci installed one.`,
  )
}

const [program = 'main', ...rest] = process.argv.slice(2)
// Imported only now: an older Node could not even load it.
const { canCompile, compile, isFresh } = await import('./compile.mjs')
if (!isFresh(root)) {
  if (!canCompile(root)) {
    refuse(
      'There is no build of these sources, and the tools to make one are not installed: run npm ci, then npm start.',
    )
  }
  console.error('Building Lectern from these sources; the next start finds it built.')
  if (!(await compile(root))) process.exit(1)
}

// What Node makes of the build is kept in it for the next start; where nothing can be written, nothing is kept.
module.enableCompileCache(join(root, 'backend/dist/.compiled'))
const entry = join(root, 'backend/dist', `${program}.js`)
process.argv.splice(1, process.argv.length - 1, entry, ...rest)
await import(pathToFileURL(entry).href)
