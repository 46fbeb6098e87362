import { StartError } from '../shared/start-error.ts'
import type { Environment } from './env.ts'
import type { Variable } from './variables.ts'

const SHOWN = 200

/**
 * A variable's value, or its default's.
 * @throws StartError when it holds what it may not
 */
export function readVariable<T>(environment: Environment, variable: Variable<T, string>): T
export function readVariable<T>(environment: Environment, variable: Variable<T>): T | undefined
export function readVariable<T>(environment: Environment, variable: Variable<T>): T | undefined {
  const held = environment[variable.name] || undefined
  if (held !== undefined && variable.status === 'planned')
    throw refusal(variable, held, 'is for something not built yet', 'nothing yet')
  const text = held ?? variable.default
  if (text === undefined) return undefined
  const value = variable.parser.parse(text) ?? withoutComment(variable, text)
  if (value === undefined) throw refusal(variable, text, 'is not valid', variable.parser.mayHold)
  return value
}

/**
 * What a `.env` says of its lines reaches the process where something else has read it: Docker's `--env-file` takes all
 * behind the `=` for the value. A secret may hold what looks like that, and is what it is.
 */
function withoutComment<T>({ parser, secret }: Variable<T>, text: string): T | undefined {
  const value = text.replace(/\s+#.*$/, '')
  return secret || value === text || value === '' ? undefined : parser.parse(value)
}

export function refusal(variable: Variable<unknown>, held: string, why: string, mayHold: string): StartError {
  return new StartError(`${variable.name}: ${shown(variable, held)} ${why}; it may hold ${mayHold}`)
}

/** JSON's quoting keeps it on one line, whatever it holds. */
function shown(variable: Variable<unknown>, held: string): string {
  if (variable.secret) return `a secret of ${Buffer.byteLength(held)} bytes`
  return JSON.stringify(held.length > SHOWN ? `${held.slice(0, SHOWN)}…` : held)
}
