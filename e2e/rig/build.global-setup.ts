import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'

const ROOT = fileURLToPath(new URL('../..', import.meta.url))

/** What is tested from outside is what an installation runs: the build, of the sources as they are now. */
export default function setUp(): void {
  const { status } = spawnSync(process.execPath, ['scripts/build.mjs', '--if-stale'], { cwd: ROOT, stdio: 'inherit' })
  if (status !== 0) throw new Error('There is no build to test: npm run build fails.')
}
