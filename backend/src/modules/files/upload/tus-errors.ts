import type { ErrorCode } from '@lectern/protocol'
import type { Response } from 'express'
import { sendError } from '../../../http/error-handler.ts'
import { AppError } from '../../../shared/errors.ts'
import { ChecksumMismatch } from './tus-uploads.service.ts'

/** A status that the tus protocol has a rule for, in our envelope. */
export interface TusProblem {
  readonly status: number
  readonly message: string
}

export const CHECKSUM_MISMATCH = 460

/**
 * What `@tus/server` refuses a request with that lacks `Upload-Offset` (403), or asks for an extension that is not
 * spoken here (501): to us both are requests that are not valid, neither a lack of permission nor our failure.
 */
const INVALID: ReadonlySet<number> = new Set([403, 501])

/** The codes of those statuses; clients of the protocol go by the status. */
const CODES: Readonly<Record<number, ErrorCode>> = {
  404: 'NOT_FOUND',
  409: 'CONFLICT',
  410: 'NOT_FOUND',
  413: 'PAYLOAD_TOO_LARGE',
  415: 'UNSUPPORTED_FILE_TYPE',
  423: 'CONFLICT',
}

export function sendTusProblem(response: Response, { status: asked, message }: TusProblem): void {
  const status = INVALID.has(asked) ? 400 : asked
  const code = CODES[status] ?? 'VALIDATION_FAILED'
  response.status(status).json({ success: false, error: { code, message } })
}

/** @throws the error itself where it is nobody's to know */
export function sendTusError(response: Response, error: unknown): void {
  if (error instanceof AppError) sendError(response, error)
  else if (error instanceof ChecksumMismatch) {
    sendTusProblem(response, { status: CHECKSUM_MISMATCH, message: error.message })
  } else throw error
}
