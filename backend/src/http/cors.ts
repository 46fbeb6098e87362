import type { RequestHandler } from 'express'

const EXPOSED = [
  'Location',
  'Upload-Offset',
  'Upload-Length',
  'Upload-Metadata',
  'Upload-Expires',
  'Upload-Defer-Length',
  'Tus-Resumable',
  'Tus-Version',
  'Tus-Extension',
  'Tus-Max-Size',
  'Tus-Checksum-Algorithm',
  'File-Id',
  'Content-Disposition',
  'Retry-After',
  'X-Request-Id',
].join(', ')

const METHODS = 'GET, HEAD, POST, PUT, PATCH, DELETE'
const PREFLIGHT_SECONDS = '600'

/**
 * The Fetch standard's CORS protocol for the origins of `ALLOWED_ORIGINS` alone, with credentials.
 * Another origin's request gets no such header, so that its page reads nothing; cookies of it are refused elsewhere.
 */
export function cors(allowedOrigins: readonly string[]): RequestHandler {
  const allowed = new Set(allowedOrigins)
  return (request, response, next) => {
    response.vary('Origin')
    const { origin } = request.headers
    const isAllowed = origin !== undefined && allowed.has(origin)
    if (isAllowed) {
      response.setHeader('Access-Control-Allow-Origin', origin)
      response.setHeader('Access-Control-Allow-Credentials', 'true')
      response.setHeader('Access-Control-Expose-Headers', EXPOSED)
    }
    const isPreflight = request.method === 'OPTIONS' && request.headers['access-control-request-method'] !== undefined
    if (!isPreflight) return next()
    if (isAllowed) {
      response.vary('Access-Control-Request-Headers')
      response.setHeader('Access-Control-Allow-Methods', METHODS)
      response.setHeader('Access-Control-Allow-Headers', request.headers['access-control-request-headers'] ?? '')
      response.setHeader('Access-Control-Max-Age', PREFLIGHT_SECONDS)
    }
    response.status(204).end()
  }
}
