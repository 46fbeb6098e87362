import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { browserMissing } from './browser.ts'

const ROOT = fileURLToPath(new URL('../..', import.meta.url))

/** Browsers are shown what an installation serves: the build, of the sources as they are now. */
export default function setUp(): void {
  if (browserMissing !== undefined) refuseOrWarn(browserMissing)
  const { status } = spawnSync(process.execPath, ['scripts/build.mjs', '--if-stale'], { cwd: ROOT, stdio: 'inherit' })
  if (status !== 0) throw new Error('There is no build to test: npm run build fails.')
}

function refuseOrWarn(reason: string): void {
  if (process.env['CI']) throw new Error(`The browser tests cannot run: ${reason}`)
  process.stderr.write(`\n!! EVERY BROWSER TEST IS SKIPPED: ${reason} (scripts/install-test-tools.sh)\n\n`)
}
