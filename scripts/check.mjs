// `npm run check`: runs every step even when one before it fails, so that one run shows all there is to mend.
import { spawnSync } from 'node:child_process'

/** @type {[name: string, command: string, ...args: string[]][]} */
const STEPS = [
  ['format', 'biome', 'format'],
  ['lint', 'biome', 'check', '--formatter-enabled=false', '--error-on-warnings'],
  ['types', 'tsc', '--noEmit'],
  ['imports', 'depcruise', 'protocol', 'backend', '--config', '.dependency-cruiser.mjs'],
]

/** @type {string[]} */
const failed = []
for (const [name, command, ...args] of STEPS) {
  console.log(`── ${name}`)
  const { status, error } = spawnSync(command, args, { stdio: 'inherit' })
  if (error !== undefined) console.error(error.message)
  if (status !== 0) failed.push(name)
}
console.log(failed.length === 0 ? '── all is well' : `── failed: ${failed.join(', ')}`)
process.exitCode = failed.length === 0 ? 0 : 1
