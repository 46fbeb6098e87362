import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseEnv } from 'node:util'
import { codeOf } from '../shared/code-of.ts'
import { StartError } from '../shared/start-error.ts'

/** Variables by name. An empty value counts as unset. */
export type Environment = Readonly<Record<string, string | undefined>>

/**
 * The process's environment over the `.env` of a directory: what the process was given wins, also when it is empty.
 * The one place that reads `process.env`.
 * @throws StartError when there is a `.env` that cannot be read
 */
export function readEnvironment(directory: string): Environment {
  return { ...parseFile(join(directory, '.env')), ...process.env }
}

function parseFile(path: string): NodeJS.Dict<string> {
  try {
    // Editors of Windows begin a file with a byte order mark, which would become part of the first name.
    return parseEnv(readFileSync(path, 'utf8').replace(/^\uFEFF/, ''))
  } catch (error) {
    if (isMissing(error)) return {}
    throw new StartError(`${path}: cannot be read; it may be a text file of NAME=value lines, or absent`, {
      cause: error,
    })
  }
}

const isMissing = (error: unknown): boolean => codeOf(error) === 'ENOENT'
