import type { ErrorCode, ErrorDetails } from '@lectern/protocol'
import { codeOf } from '../../shared/code-of.ts'
import { AppError } from '../../shared/errors.ts'
import { StartError } from '../../shared/start-error.ts'

/** A structured clone of an Error loses its class and its `code`. */
export type ClonedError =
  | {
      readonly kind: 'app'
      readonly code: ErrorCode
      readonly message: string
      readonly details: ErrorDetails | undefined
    }
  | { readonly kind: 'start'; readonly name: string; readonly message: string }
  | {
      readonly kind: 'other'
      readonly name: string
      readonly message: string
      readonly stack: string | undefined
      readonly code: string | undefined
    }

export type ClonedOutcome =
  | { readonly ok: true; readonly value: unknown }
  | { readonly ok: false; readonly error: ClonedError }

/** An operation as it travels: the thread imports `url`, and finds it by `id`. */
export interface OperationCall {
  readonly id: string
  readonly url: string
  readonly input: unknown
}

export type ToThread<Request> =
  | { readonly type: 'request'; readonly id: number; readonly request: Request }
  | { readonly type: 'close' }

export type FromThread<Hello> =
  | { readonly type: 'ready'; readonly hello: Hello }
  | { readonly type: 'refused'; readonly error: ClonedError }
  | { readonly type: 'reply'; readonly id: number; readonly outcome: ClonedOutcome }

/** What a thread is started with. */
export interface ThreadData {
  readonly file: string
  /** Modules of operations, imported at the start already. */
  readonly operationModules: readonly string[]
}

/** An error of another thread that is neither the client's nor the operator's; `code` is SQLite's or Node's. */
export class ThreadError extends Error {
  readonly code: string | undefined

  constructor(cloned: { name: string; message: string; stack: string | undefined; code: string | undefined }) {
    super(cloned.message)
    this.name = cloned.name
    this.code = cloned.code
    if (cloned.stack !== undefined) this.stack = cloned.stack
  }
}

export function cloneError(thrown: unknown): ClonedError {
  if (thrown instanceof AppError) {
    return { kind: 'app', code: thrown.code, message: thrown.message, details: thrown.details }
  }
  if (thrown instanceof StartError) return { kind: 'start', name: thrown.name, message: thrown.message }
  const error = thrown instanceof Error ? thrown : new Error(`Not an Error was thrown: ${String(thrown)}`)
  return { kind: 'other', name: error.name, message: error.message, stack: error.stack, code: codeOf(error) }
}

export function revivedError(cloned: ClonedError): Error {
  switch (cloned.kind) {
    case 'app':
      return new AppError(cloned.code, cloned.message, cloned.details)
    case 'start':
      return Object.assign(new StartError(cloned.message), { name: cloned.name })
    case 'other':
      return new ThreadError(cloned)
  }
}

export const revivedOutcome = (outcome: ClonedOutcome): { ok: true; value: unknown } | { ok: false; error: Error } =>
  outcome.ok ? outcome : { ok: false, error: revivedError(outcome.error) }

/** Why a value cannot travel between threads; undefined when it can. Costs a copy: for when sending it has failed. */
export function obstacleToCloning(value: unknown): Error | undefined {
  try {
    structuredClone(value)
    return undefined
  } catch (cause) {
    return new Error('The value cannot be sent to another thread.', { cause })
  }
}
