import { browserMissing } from './browser.ts'

export default function setUp(): void {
  if (browserMissing === undefined) return
  if (process.env['CI']) throw new Error(`The browser tests cannot run: ${browserMissing}`)
  process.stderr.write(`\n!! EVERY BROWSER TEST IS SKIPPED: ${browserMissing} (scripts/install-test-tools.sh)\n\n`)
}
