import type { ErrorCode } from '@lectern/protocol'

/** What each code means to who gets it, and whether asking again helps. */
export const ERROR_MEANINGS: Readonly<Record<ErrorCode, string>> = {
  VALIDATION_FAILED: 'The input is not what this takes; `details.issues` names the fields. Asking again does not help.',
  UNAUTHENTICATED: 'There is no valid token. Get a new one, then ask again.',
  FORBIDDEN: 'The caller may not do this.',
  NOT_FOUND: 'It does not exist, or the caller is a stranger to it.',
  CONFLICT: 'It does not go with what is there now.',
  PAYLOAD_TOO_LARGE: 'The body is too large.',
  UNSUPPORTED_FILE_TYPE: 'A file of this type is not taken.',
  RANGE_NOT_SATISFIABLE: 'The file has no such range.',
  INFECTED: 'A virus was found in the file.',
  RATE_LIMITED: 'Too many calls; ask again after `details.retry_after_ms`.',
  INTERNAL: 'A fault of the server, logged under the `X-Request-Id`. Asking again may help.',
  UNAVAILABLE: 'Something that the server needs does not answer. Ask again later.',
  STORAGE_FULL: 'There is no room left.',
}
