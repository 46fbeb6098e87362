import { ERROR_STATUS, type ErrorCode } from '@lectern/protocol'
import { LecternError } from './errors.ts'

export const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const isErrorCode = (code: string): code is ErrorCode => Object.hasOwn(ERROR_STATUS, code)

/**
 * An error as the server sends it, by REST, in an ack or at a handshake.
 * A code that only a newer server knows is `INTERNAL` here.
 * @returns undefined for what is not Lectern's
 */
export function readWireError(value: unknown, requestId?: string): LecternError | undefined {
  if (!isObject(value)) return undefined
  const { code, message, details } = value
  if (typeof code !== 'string' || typeof message !== 'string') return undefined
  return new LecternError(isErrorCode(code) ? code : 'INTERNAL', message, {
    ...(isObject(details) && { details }),
    requestId,
  })
}
