import { open } from 'node:fs/promises'
import { pipeline } from 'node:stream/promises'
import type { Request, Response } from 'express'
import { codeOf } from '../../../shared/code-of.ts'
import type { Disposition } from '../../../shared/content-disposition.ts'
import { AppError, unavailable } from '../../../shared/errors.ts'
import type { StoredFile } from '../files.records.types.ts'
import type { ByteRange, Storage } from '../storage/storage.types.ts'
import { isNotModified, rangeApplies } from './conditional.ts'
import { copyFile } from './copy-file.ts'
import { fileHeaders, validatorsOf } from './file-headers.ts'
import { closeWhenStalled, unlessHungUp } from './hanging-up.ts'
import { contentRange, type RangeAnswer, rangeOf, unsatisfiedRange } from './range.ts'
import { ReadBuffers } from './read-buffers.ts'

export interface FileSenderPorts {
  readonly storage: Pick<Storage, 'get' | 'localPath'>
  /** Whose pages may show files in a frame, beside our own. */
  readonly allowedOrigins: readonly string[]
  /** The path below which nginx sends objects by itself (`X-Accel-Redirect`), without a slash at its end; undefined without nginx. */
  readonly accelPrefix: string | undefined
  /** How long a client may take nothing before its connection is closed. */
  readonly stallMs?: number
}

export interface SentFile {
  readonly file: StoredFile
  /** What the caller wants; what must not be shown is an attachment all the same. */
  readonly disposition: Disposition
}

/** Answers with the bytes of a file, whole or in part, as RFC 9110 says. Who may read it has been asked. */
export class FileSender {
  readonly #ports: FileSenderPorts
  readonly #buffers = new ReadBuffers()

  constructor(ports: FileSenderPorts) {
    this.#ports = ports
  }

  /**
   * Resolves when all has been sent, or the client is gone.
   * @throws AppError `RANGE_NOT_SATISFIABLE`; `UNAVAILABLE` when the record's bytes are not there
   */
  async send(request: Request, response: Response, { file, disposition }: SentFile): Promise<void> {
    const headers = fileHeaders(file, disposition, this.#ports.allowedOrigins)
    if (isNotModified(request.headers, validatorsOf(file))) {
      setHeaders(response, headers)
      response.status(304).end()
      return
    }
    const answer = rangeAskedBy(request, file)
    if (answer.kind === 'unsatisfiable') {
      response.setHeader('Content-Range', unsatisfiedRange(file.size))
      throw new AppError('RANGE_NOT_SATISFIABLE', `The file has ${file.size} bytes.`)
    }
    if (this.#nginxSends(request, file)) {
      setHeaders(response, { ...headers, 'X-Accel-Redirect': `${this.#ports.accelPrefix}/${file.id}` })
      response.end()
      return
    }
    await this.#sendBytes(request, response, { file, headers, answer })
  }

  /** It knows neither `If-Match` nor `If-Unmodified-Since` of ours, and need not be asked for headers alone. */
  #nginxSends({ method, headers }: Request, { id, size }: StoredFile): boolean {
    if (this.#ports.accelPrefix === undefined || this.#ports.storage.localPath(id) === undefined) return false
    if (headers.range !== undefined && !isPlainRange(headers.range, size)) return false
    return method === 'GET' && headers['if-match'] === undefined && headers['if-unmodified-since'] === undefined
  }

  async #sendBytes(
    request: Request,
    response: Response,
    {
      file,
      headers,
      answer,
    }: {
      readonly file: StoredFile
      readonly headers: Readonly<Record<string, string>>
      readonly answer: Exclude<RangeAnswer, { kind: 'unsatisfiable' }>
    },
  ): Promise<void> {
    const range = answer.kind === 'part' ? answer.range : { start: 0, end: file.size - 1 }
    const begin = () => {
      setHeaders(response, { ...headers, 'Accept-Ranges': 'bytes' })
      response.setHeader('Content-Length', range.end + 1 - range.start)
      if (answer.kind === 'part') response.status(206).setHeader('Content-Range', contentRange(range, file.size))
    }
    if (request.method === 'HEAD' || file.size === 0) {
      begin()
      response.end()
      return
    }
    closeWhenStalled(response, this.#ports.stallMs)
    const path = this.#ports.storage.localPath(file.id)
    if (path === undefined) await this.#stream(file.id, range, response, begin)
    else await this.#copy(path, range, response, begin)
  }

  async #copy(path: string, range: ByteRange, response: Response, begin: () => void): Promise<void> {
    await using handle = await open(path).catch((error: unknown) => {
      throw isMissing(error) ? unavailable('The bytes of this file are not there.') : error
    })
    begin()
    await copyFile(handle, range, response, this.#buffers)
  }

  async #stream(id: string, range: ByteRange, response: Response, begin: () => void): Promise<void> {
    const bytes = await this.#ports.storage.get(id, range)
    begin()
    await pipeline(bytes, response).catch(unlessHungUp)
  }
}

/** For a method other than GET a range means nothing (RFC 9110, 14.2). */
function rangeAskedBy({ method, headers }: Request, file: StoredFile): RangeAnswer {
  const isAsked = method === 'GET' && rangeApplies(headers, validatorsOf(file))
  return rangeOf(isAsked ? headers.range : undefined, file.size)
}

/** One that nginx reads as it is read here: what cannot be read is no range to us, and 416 to nginx. */
const isPlainRange = (range: string, size: number): boolean =>
  /^bytes=(\d{1,15}-\d{0,15}|-\d{1,15})$/.test(range) && rangeOf(range, size).kind === 'part'

/** `frame-ancestors` says who may frame; `X-Frame-Options` knows no second origin. */
export function setHeaders(response: Response, headers: Readonly<Record<string, string>>): void {
  response.removeHeader('X-Frame-Options')
  for (const [name, value] of Object.entries(headers)) response.setHeader(name, value)
}

const isMissing = (error: unknown): boolean => codeOf(error) === 'ENOENT'
