import { mkdirSync, statSync } from 'node:fs'
import { dirname } from 'node:path'
import { codeOf } from './code-of.ts'

/**
 * Makes a directory that the server alone reads, and those above it; one that is there stays. Not by `recursive`: that never
 * returns where the system knows no name below a directory that is there (ENOENT), as in `/proc`.
 * @throws Error of the system
 */
export function makeDirectory(path: string): void {
  if (hasMade(path)) return
  makeDirectory(dirname(path))
  // Not alone, perhaps: another process may have made it meanwhile.
  if (!hasMade(path)) mkdirSync(path, { mode: 0o700 })
}

/** @returns false where the directory above it is missing */
function hasMade(path: string): boolean {
  try {
    mkdirSync(path, { mode: 0o700 })
    return true
  } catch (error) {
    if (codeOf(error) === 'EEXIST' && statSync(path).isDirectory()) return true
    if (codeOf(error) === 'ENOENT' && dirname(path) !== path) return false
    throw error
  }
}
