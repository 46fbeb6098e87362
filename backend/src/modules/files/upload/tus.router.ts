import { PassThrough, Readable } from 'node:stream'
import { API_BASE, FILE_CATEGORIES } from '@lectern/protocol'
import type { Server } from '@tus/server'
import { type Request, type Response, Router } from 'express'
import type { UserActor } from '../../../access/actor.ts'
import { contextOf } from '../../../http/request-context.ts'
import { allowSlowBody, drainBody } from '../../../http/slow-body.ts'
import { AppError } from '../../../shared/errors.ts'
import { type TusAnswer, type TusCall, withTusCall } from './tus-call.ts'
import { CHECKSUM_ALGORITHMS, checksumOf } from './tus-checksum.ts'
import { sendTusError, sendTusProblem, type TusProblem } from './tus-errors.ts'
import type { TusUploads } from './tus-uploads.service.ts'

export interface TusPorts {
  readonly uploads: TusUploads
  /** Who calls, counted; and what ends the call's place. @throws AppError */
  readonly admit: (request: Request) => Promise<{ readonly actor: UserActor; readonly leave: () => void }>
  /** Bytes; undefined: what a category allows. */
  readonly maxFileSize: number | undefined
}

/** Below the API's base. */
export const TUS_PATH = '/files/tus'

const VERSION = '1.0.0'
const EXTENSIONS = 'creation,creation-with-upload,checksum,expiration,termination'
const CHUNK_TYPE = 'application/offset+octet-stream'
const OVERRIDABLE = ['PATCH', 'DELETE', 'HEAD']
const METHODS = ['POST', 'HEAD', 'PATCH', 'DELETE']

/** tus 1.0 (https://tus.io/protocols/resumable-upload): what its server does not do, is done here. */
export function tusRouter(ports: TusPorts): Router {
  const path = `${API_BASE}${TUS_PATH}`
  let loading: Promise<Server> | undefined
  // With it comes Node's own `fetch`: a start does not wait for what many a server is never asked for.
  const load = () => {
    loading ??= import('./tus-server.ts').then(({ createTusServer }) => createTusServer(path, ports.uploads))
    // It may have had no descriptor for it: the next request asks again.
    loading.catch(() => (loading = undefined))
    return loading
  }
  const router = Router()
  router.use(TUS_PATH, async (request, response, next) => {
    const method = methodOf(request)
    contextOf(request).route = path
    response.setHeader('Tus-Resumable', VERSION)
    if (method === 'OPTIONS') return describe(response, ports.maxFileSize)
    if (!METHODS.includes(method)) return next()
    const { actor, leave } = await ports.admit(request)
    try {
      const problem = problemOf(request, method)
      if (problem !== undefined) sendTusProblem(response, problem)
      else await answer({ server: await load(), ...ports }, callOf(request, actor, method), request, response)
    } finally {
      leave()
      request.unpipe()
      drainBody(request)
    }
  })
  return router
}

/** `OPTIONS`: what is spoken here. */
function describe(response: Response, maxFileSize: number | undefined): void {
  const largest = Math.max(...Object.values(FILE_CATEGORIES).map(({ maxBytes }) => maxBytes))
  response
    .set({
      'Tus-Version': VERSION,
      'Tus-Extension': EXTENSIONS,
      'Tus-Checksum-Algorithm': CHECKSUM_ALGORITHMS.join(','),
      'Tus-Max-Size': String(Math.min(largest, maxFileSize ?? largest)),
    })
    .status(204)
    .end()
}

/** Clients that can send no PATCH send a POST that says so. */
function methodOf(request: Request): string {
  const wanted = request.get('x-http-method-override')?.toUpperCase()
  return request.method === 'POST' && wanted !== undefined && OVERRIDABLE.includes(wanted) ? wanted : request.method
}

function problemOf(request: Request, method: string): TusProblem | undefined {
  if (request.get('tus-resumable') !== VERSION) {
    request.res?.setHeader('Tus-Version', VERSION)
    return { status: 412, message: `Expected Tus-Resumable: ${VERSION}.` }
  }
  if (method === 'PATCH' && request.get('content-type') !== CHUNK_TYPE) {
    return { status: 415, message: `Expected Content-Type: ${CHUNK_TYPE}.` }
  }
  const checksum = request.get('upload-checksum')
  if (checksum !== undefined && checksumOf(checksum) === undefined) {
    return {
      status: 400,
      message: `Expected Upload-Checksum with one of ${CHECKSUM_ALGORITHMS.join(', ')}, and Base64.`,
    }
  }
  return undefined
}

const callOf = (request: Request, actor: UserActor, method: string): TusCall => ({
  actor,
  method,
  metadata: request.get('upload-metadata') ?? '',
  checksum: checksumOf(request.get('upload-checksum') ?? ''),
  answer: {},
})

async function answer(
  { server, uploads }: { server: Server; uploads: TusUploads },
  call: TusCall,
  request: Request,
  response: Response,
): Promise<void> {
  const answered: globalThis.Response = await withTusCall(call, () =>
    server.handleWeb(webRequest(request, call.method)),
  )
  const told = call.answer
  const hasFailed = answered.status >= 400
  // Its client knows no address to go on at.
  if (hasFailed && told.created !== undefined) await removeIfThere(uploads, call.actor, told.created)
  if (told.error !== undefined) return sendTusError(response, told.error)
  if (hasFailed) return sendTusProblem(response, { status: answered.status, message: (await answered.text()).trim() })
  response.status(answered.status)
  for (const name of PASSED_ON) setIfThere(response, name, answered.headers.get(name))
  tell(response, told)
  response.end()
}

/** The rest of what the tus server answers, CORS above all, is ours. */
const PASSED_ON = ['Location', 'Upload-Offset', 'Upload-Length'] as const

function tell(response: Response, { fileId, expiresAt, metadata }: TusAnswer): void {
  setIfThere(response, 'File-Id', fileId)
  setIfThere(response, 'Upload-Metadata', metadata)
  if (fileId === undefined && expiresAt !== undefined) {
    response.setHeader('Upload-Expires', new Date(expiresAt).toUTCString())
  }
}

function setIfThere(response: Response, name: string, value: string | null | undefined): void {
  if (value !== undefined && value !== null) response.setHeader(name, value)
}

async function removeIfThere(uploads: TusUploads, actor: UserActor, id: string): Promise<void> {
  try {
    await uploads.remove(actor, id)
  } catch (error) {
    if (!(error instanceof AppError && error.code === 'NOT_FOUND')) throw error
  }
}

/** It checks others too, such as a proxy's. */
const TUS_HEADERS = [
  'Tus-Resumable',
  'Upload-Offset',
  'Upload-Length',
  'Upload-Defer-Length',
  'Upload-Concat',
  'Upload-Metadata',
  'Content-Type',
  'Content-Length',
] as const

/** What the tus server reads. Its body is not the request itself, which would break with it before it is answered. */
function webRequest(request: Request, method: string): globalThis.Request {
  const headers = new Headers()
  for (const name of TUS_HEADERS) {
    const value = request.get(name)
    if (value !== undefined) headers.set(name, value)
  }
  const url = new URL(request.originalUrl, 'http://localhost')
  if (method !== 'POST' && method !== 'PATCH') return new globalThis.Request(url, { method, headers })
  allowSlowBody(request)
  const body = request.pipe(new PassThrough())
  request.once('close', () => {
    if (!request.readableEnded) body.destroy(new Error('The request was cut off.'))
  })
  return new globalThis.Request(url, { method, headers, body: Readable.toWeb(body), duplex: 'half' })
}
