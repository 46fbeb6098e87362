// `npm run check`: runs every step even when one before it fails, so that one run shows all there is to mend.
// With the names of steps, as `node scripts/check.mjs types`, those alone.
import { spawnSync } from 'node:child_process'

/** @type {[name: string, command: string, ...args: string[]][]} */
const STEPS = [
  ['format', 'biome', 'format'],
  ['lint', 'biome', 'check', '--formatter-enabled=false', '--error-on-warnings'],
  ['types', 'tsc', '--noEmit'],
  ['types', 'tsc', '-p', 'sdk'],
  ['types', 'tsc', '-p', 'frontend'],
  ['types', 'tsc', '-p', 'e2e'],
  ['types', 'tsc', '-p', 'bench'],
  [
    'imports',
    'depcruise',
    'protocol',
    'sdk',
    'backend',
    'frontend',
    'e2e',
    'bench',
    '--config',
    '.dependency-cruiser.mjs',
  ],
]

const named = process.argv.slice(2)
/** @type {Set<string>} */
const failed = new Set()
for (const [name, command, ...args] of STEPS) {
  if (named.length > 0 && !named.includes(name)) continue
  console.log(`── ${name}: ${[command, ...args].join(' ')}`)
  const { status, error } = spawnSync(command, args, { stdio: 'inherit' })
  if (error !== undefined) console.error(error.message)
  if (status !== 0) failed.add(name)
}
console.log(failed.size === 0 ? '── all is well' : `── failed: ${[...failed].join(', ')}`)
process.exitCode = failed.size === 0 ? 0 : 1
