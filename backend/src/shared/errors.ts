import { ERROR_STATUS, type ErrorCode, type ErrorDetails, type WireError } from '@lectern/protocol'

/** An error that its receiver may read. Anything else that is thrown leaves as `INTERNAL` and is logged. */
export class AppError extends Error {
  readonly code: ErrorCode
  readonly details: ErrorDetails | undefined

  constructor(code: ErrorCode, message: string, details?: ErrorDetails) {
    super(message)
    this.name = 'AppError'
    this.code = code
    this.details = details
  }

  get status(): number {
    return ERROR_STATUS[this.code]
  }

  toWire(): WireError {
    return this.details === undefined
      ? { code: this.code, message: this.message }
      : { code: this.code, message: this.message, details: this.details }
  }
}

/** What a stranger is told, and whoever asks for what is not there: the two must not differ by a letter. */
export const notFound = (what = 'No such resource.') => new AppError('NOT_FOUND', what)
export const forbidden = (message: string, details?: ErrorDetails) => new AppError('FORBIDDEN', message, details)
export const unauthenticated = (message = 'A valid token is needed.') => new AppError('UNAUTHENTICATED', message)
export const conflict = (message: string, details?: ErrorDetails) => new AppError('CONFLICT', message, details)
export const invalid = (message: string, details?: ErrorDetails) => new AppError('VALIDATION_FAILED', message, details)
export const unavailable = (message: string) => new AppError('UNAVAILABLE', message)
export const rateLimited = (retryAfterMs: number) =>
  new AppError('RATE_LIMITED', 'Too many requests.', { retry_after_ms: Math.max(1, Math.ceil(retryAfterMs)) })
