import { ERROR_STATUS } from '@lectern/protocol'
import { DetailedError, type HttpRequest, type HttpResponse } from 'tus-js-client'
import { type ClientErrorCode, LecternError } from '../../errors.ts'
import { isObject, readWireError } from '../../wire-error.ts'

/**
 * What the protocol itself answers while an upload goes on, and nobody need be told: the upload is asked for how far it is,
 * and goes on from there. 409: another offset; 423: another request is at it (RFC 4918, 11.3); 460: another checksum.
 */
const OUT_OF_STEP: ReadonlySet<number> = new Set([409, 423, 460])

const CODE_OF_STATUS: ReadonlyMap<number, ClientErrorCode> = new Map(
  Object.entries(ERROR_STATUS).map(([code, status]) => [status, code as keyof typeof ERROR_STATUS]),
)

/** What the server answered, where it did; else `NETWORK`. */
export function toLecternError(error: Error): LecternError {
  if (error instanceof DetailedError && error.originalResponse !== null) {
    return refusalOf(error.originalRequest, error.originalResponse)
  }
  const cause = error instanceof DetailedError ? error.causingError : error
  return cause instanceof LecternError
    ? cause
    : new LecternError('NETWORK', 'The server cannot be reached.', { cause: error })
}

function refusalOf(request: HttpRequest, response: HttpResponse): LecternError {
  const requestId = response.getHeader('X-Request-Id') ?? undefined
  const refusal = ownWord(response, requestId) ?? byStatus(response.getStatus())
  if (isOutOfStep(request, response, refusal)) return new LecternError('UNAVAILABLE', refusal.message, { requestId })
  const { code, message, details } = refusal
  return new LecternError(code, message, { details: { ...retryAfter(response), ...details }, requestId })
}

/** A `CONFLICT` that has more to say is about the file, as one about a folder's name. */
function isOutOfStep(request: HttpRequest, response: HttpResponse, { code, details }: LecternError): boolean {
  if (request.getMethod() === 'POST' || !OUT_OF_STEP.has(response.getStatus())) return false
  return code !== 'CONFLICT' || Object.keys(details).every((name) => name === 'status')
}

function ownWord(response: HttpResponse, requestId: string | undefined): LecternError | undefined {
  try {
    const body: unknown = JSON.parse(response.getBody())
    return isObject(body) ? readWireError(body['error'], requestId) : undefined
  } catch {
    return undefined
  }
}

/** An answer to HEAD has no body, and a proxy's is none of Lectern's: nginx refuses what is too large by itself. */
function byStatus(status: number): LecternError {
  const code = status === 410 ? 'NOT_FOUND' : status >= 500 && status !== 507 ? 'NETWORK' : CODE_OF_STATUS.get(status)
  return new LecternError(code ?? 'NETWORK', `The server answered with status ${status}.`, { details: { status } })
}

/** `Retry-After` in seconds (RFC 9110, 10.2.3). */
function retryAfter(response: HttpResponse) {
  const seconds = Number.parseInt(response.getHeader('Retry-After') ?? '', 10)
  return Number.isFinite(seconds) ? { retry_after_ms: seconds * 1_000 } : {}
}
