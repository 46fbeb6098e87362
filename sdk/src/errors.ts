import type { ErrorCode, ErrorDetails } from '@lectern/protocol'

/**
 * What went wrong: a code of the server's (`details` as it sent them), or one of the client's own:
 * `NETWORK`: no answer came, or none that is Lectern's; `TIMEOUT`: none in time; `CLOSED`: the client was closed.
 */
export type ClientErrorCode = ErrorCode | 'NETWORK' | 'TIMEOUT' | 'CLOSED'

const AGAIN: ReadonlySet<ClientErrorCode> = new Set(['NETWORK', 'TIMEOUT', 'RATE_LIMITED', 'UNAVAILABLE', 'INTERNAL'])

export class LecternError extends Error {
  override readonly name = 'LecternError'
  readonly code: ClientErrorCode
  readonly details: ErrorDetails
  /** `X-Request-Id` of a REST answer. */
  readonly requestId: string | undefined

  constructor(
    code: ClientErrorCode,
    message: string,
    {
      details = {},
      requestId,
      cause,
    }: { details?: ErrorDetails; requestId?: string | undefined; cause?: unknown } = {},
  ) {
    super(message, { cause })
    this.code = code
    this.details = details
    this.requestId = requestId
  }

  /** Whether the same request may succeed later, unchanged. */
  shouldRetry(): boolean {
    return AGAIN.has(this.code)
  }

  /** How long the server asked to wait, in milliseconds; undefined when it did not say. */
  get retryAfterMs(): number | undefined {
    const ms = this.details['retry_after_ms']
    return typeof ms === 'number' ? ms : undefined
  }
}
