/** Every code that an answer may bear, with its HTTP status. A request's errors; reasons of a disconnect are another list. */
export const ERROR_STATUS = {
  UNAUTHENTICATED: 401,
  FORBIDDEN: 403,
  NOT_FOUND: 404,
  VALIDATION_FAILED: 400,
  CONFLICT: 409,
  PAYLOAD_TOO_LARGE: 413,
  UNSUPPORTED_FILE_TYPE: 415,
  RANGE_NOT_SATISFIABLE: 416,
  INFECTED: 422,
  RATE_LIMITED: 429,
  INTERNAL: 500,
  UNAVAILABLE: 503,
  STORAGE_FULL: 507,
} as const

export type ErrorCode = keyof typeof ERROR_STATUS

export type ErrorDetails = Record<string, unknown>

/** How an error travels, in a REST answer's `error`, an ack's `error` and a `connect_error`'s `data`. */
export interface WireError {
  code: ErrorCode
  message: string
  details?: ErrorDetails
}
