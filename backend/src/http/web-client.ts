import { randomBytes } from 'node:crypto'
import { type Request, type RequestHandler, type Response, Router } from 'express'
import { contextOf } from './request-context.ts'
import type { WebClientBuild, WebClientFile } from './web-client.files.ts'

export interface WebClientOptions {
  readonly build: WebClientBuild
  /** Whose pages may show the client in a frame, beside its own. */
  readonly allowedOrigins: readonly string[]
  /** Whether people may make their own accounts, as the page is to say. */
  readonly registration: 'open' | 'invite' | 'closed'
}

/** The paths that the client knows. */
const PAGES = [
  '/',
  '/sign-in',
  '/register',
  '/join/:code',
  '/courses/:courseId',
  '/courses/:courseId/members',
  '/courses/:courseId/files',
  '/courses/:courseId/files/:folderId',
  '/courses/:courseId/classes',
  '/courses/:courseId/classes/:sessionId',
  '/courses/:courseId/classes/:sessionId/attendance',
  '/settings',
]
/** What is not there below these is no page: who asks is a program. */
const NO_PAGE = /^\/(?:api|assets|emoji|health|metrics|setup|socket\.io)(?:\/|$)/
const ASSETS = '/assets/'
const A_YEAR = 'public, max-age=31536000, immutable'
/** What frontend/vite.config.ts has the build leave where a nonce belongs. */
const NONCE = '__CSP_NONCE__'
/** In a `<meta>` of frontend/index.html. */
const REGISTRATION = '__REGISTRATION__'

/** The client's pages and files, to be mounted at the root. */
export function webClient({ build, allowedOrigins, registration }: WebClientOptions): Router {
  const sendPage = pageSender(build.page.replaceAll(REGISTRATION, registration), pagePolicy(allowedOrigins))
  const router = Router()
  for (const path of PAGES) {
    router.get(path, (request, response) => {
      contextOf(request).route = path
      sendPage(response)
    })
  }
  router.get(/^\/./, sendFile(build.files))
  // The client says it in words, and leads back.
  router.get(/^\/./, (request, response, next) => {
    if (NO_PAGE.test(request.path) || request.accepts(['json', 'html']) !== 'html') return next()
    response.vary('Accept').status(404)
    sendPage(response)
  })
  return router
}

const pageSender = (page: string, policyOf: (nonce: string) => string) => {
  const around = page.split(NONCE)
  return (response: Response): void => {
    const nonce = randomBytes(16).toString('base64')
    response.setHeader('Content-Security-Policy', policyOf(nonce))
    // It knows one origin at most; `frame-ancestors` says who may frame.
    response.removeHeader('X-Frame-Options')
    response.setHeader('Cache-Control', 'no-cache')
    response.type('html').send(around.join(nonce))
  }
}

/**
 * `style-src` has the nonce for the rules that components add as they appear. `'self'` in `connect-src` covers WebSockets
 * to this host in every browser that runs the client's scripts (CSP 3; Chrome 71, Safari 16).
 */
const pagePolicy =
  (allowedOrigins: readonly string[]) =>
  (nonce: string): string =>
    [
      "default-src 'none'",
      "script-src 'self'",
      `style-src 'self' 'nonce-${nonce}'`,
      "img-src 'self' data:",
      "media-src 'self'",
      "frame-src 'self'",
      "font-src 'self'",
      "connect-src 'self'",
      "form-action 'self'",
      "base-uri 'none'",
      ["frame-ancestors 'self'", ...allowedOrigins].join(' '),
    ].join('; ')

/** The names of assets bear a digest of what is in them: another content has another name. */
const sendFile =
  (files: WebClientBuild['files']): RequestHandler =>
  (request, response, next) => {
    const isAsset = request.path.startsWith(ASSETS)
    const file = files.get(request.path)
    if (file === undefined) {
      // A client of an earlier build asks for what is gone; no cache between may keep that answer.
      if (isAsset) response.setHeader('Cache-Control', 'no-store')
      return next()
    }
    contextOf(request).route = isAsset ? `${ASSETS}*` : request.path
    response.setHeader('Cache-Control', isAsset ? A_YEAR : 'no-cache')
    response.setHeader('ETag', file.etag)
    response.type(file.extension).send(encoded(file, request, response))
  }

/** One question per encoding: asked for the best of several, Express answers by the browser's order, which puts gzip first. */
function encoded({ plain, br, gzip }: WebClientFile, request: Request, response: Response): Buffer {
  if (br === undefined && gzip === undefined) return plain
  response.vary('Accept-Encoding')
  for (const [name, content] of [['br', br] as const, ['gzip', gzip] as const]) {
    if (content === undefined || request.acceptsEncodings(name) === false) continue
    response.setHeader('Content-Encoding', name)
    return content
  }
  return plain
}
