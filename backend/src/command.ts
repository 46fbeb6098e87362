import { type ParseArgsConfig, parseArgs } from 'node:util'
import { type Config, loadConfig } from './config/config.ts'
import { readEnvironment } from './config/env.ts'
import { databaseFile } from './database/sqlite/files.ts'
import { StartError } from './shared/start-error.ts'

/** EX_USAGE of sysexits.h. */
const EX_USAGE = 64

/** What the server of this directory's environment is configured to be, */
export const configured = (): Config => loadConfig(readEnvironment(process.cwd()))

/** and the embedded database that it uses. @throws StartError where it uses another */
export function configuredDatabase(): string {
  const { dataDir, databaseUrl } = configured()
  if (databaseUrl !== undefined)
    throw new StartError(
      'DATABASE_URL is set, and this is of the embedded database: see docs/operating.md for PostgreSQL.',
    )
  return databaseFile(dataDir)
}

/** The options that a command was called with. Prints `usage` and ends the process when they are others. */
export function optionsOf<Options extends NonNullable<ParseArgsConfig['options']>>(options: Options, usage: string) {
  try {
    return parseArgs({ options }).values
  } catch (error) {
    return misused(error instanceof Error ? error.message : String(error), usage)
  }
}

/** Prints what is wrong with a call, and ends the process. */
export function misused(problem: string, usage: string): never {
  process.stderr.write(`${problem}\n${usage}\n`)
  process.exit(EX_USAGE)
}

/** Runs a command's work, and prints its result. What the operator can mend is one line; a defect is shown whole. */
export async function runCommand(work: () => Promise<string> | string): Promise<void> {
  try {
    process.stdout.write(`${await work()}\n`)
  } catch (error) {
    const fromSystem = error instanceof Error && 'code' in error
    if (!(error instanceof StartError) && !fromSystem) throw error
    process.stderr.write(`${error.message}\n`)
    process.exitCode = error instanceof StartError ? error.exitCode : 1
  }
}
