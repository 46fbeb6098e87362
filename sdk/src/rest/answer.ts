import { LecternError } from '../errors.ts'
import { isObject, readWireError } from '../wire-error.ts'

/** `data` and `meta` are as the server sent them: their schemas would be most of a page's script. */
export interface ReceivedAnswer {
  readonly data: unknown
  readonly meta: unknown
}

/** @throws LecternError what the server answered; `NETWORK` where it was not Lectern that did */
export async function readAnswer(response: Response): Promise<ReceivedAnswer> {
  const requestId = response.headers.get('X-Request-Id') ?? undefined
  if (response.status === 204) return { data: undefined, meta: undefined }
  const body = parse(await response.text())
  if (isObject(body) && response.ok && body['success'] === true) return { data: body['data'], meta: body['meta'] }
  const refusal = isObject(body) && body['success'] === false ? readWireError(body['error'], requestId) : undefined
  if (refusal !== undefined) throw withRetryAfter(refusal, response)
  throw new LecternError('NETWORK', 'The answer is not of Lectern.', {
    details: { status: response.status },
    requestId,
  })
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** `Retry-After` in seconds (RFC 9110, 10.2.3) where the error itself says nothing: a proxy may have added it. */
function withRetryAfter(error: LecternError, response: Response): LecternError {
  const seconds = Number.parseInt(response.headers.get('Retry-After') ?? '', 10)
  if (error.retryAfterMs !== undefined || !Number.isFinite(seconds)) return error
  return new LecternError(error.code, error.message, {
    details: { ...error.details, retry_after_ms: seconds * 1_000 },
    requestId: error.requestId,
  })
}
