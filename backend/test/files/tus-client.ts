import { API_BASE, type FileRecord, fileRecord } from '@lectern/protocol'
import { Upload, type UploadOptions } from 'tus-js-client'
import type { TestServer } from '../harness/start-test-server.ts'
import { answerOf, type UploadAnswer } from './upload-client.ts'

export const TUS = `${API_BASE}/files/tus`

export interface TusRequest {
  readonly method: string
  /** Of an upload, or of the whole. */
  readonly path?: string
  readonly headers?: Record<string, string>
  readonly body?: NonNullable<RequestInit['body']>
}

const base64 = (text: string): string => Buffer.from(text).toString('base64')

/** `Upload-Metadata` of these values. */
export const metadataOf = (values: Record<string, string>): string =>
  Object.entries(values)
    .map(([name, value]) => `${name} ${base64(value)}`)
    .join(',')

/** One bare request of the protocol, for one person. */
export class TusApi {
  readonly #server: Pick<TestServer, 'url'>
  readonly #token: string

  constructor(server: Pick<TestServer, 'url'>, token: string) {
    this.#server = server
    this.#token = token
  }

  async send({ method, path = TUS, headers = {}, body }: TusRequest): Promise<UploadAnswer> {
    const own = { Authorization: `Bearer ${this.#token}`, 'Tus-Resumable': '1.0.0' }
    const sent = body === undefined ? {} : { body, duplex: 'half' as const }
    return answerOf(await fetch(this.#server.url + path, { method, headers: { ...own, ...headers }, ...sent }))
  }

  create(length: number, metadata: Record<string, string>, more: Partial<TusRequest> = {}): Promise<UploadAnswer> {
    const headers = { 'Upload-Length': String(length), 'Upload-Metadata': metadataOf(metadata), ...more.headers }
    return this.send({ method: 'POST', ...more, headers })
  }

  /** @returns the upload's path */
  async begin(length: number, metadata: Record<string, string>): Promise<string> {
    const answer = await this.create(length, metadata)
    const path = answer.headers.get('location')
    if (path === null) throw new Error(`${answer.status} ${answer.error?.message}`)
    return path
  }

  append(
    path: string,
    offset: number,
    body: NonNullable<RequestInit['body']>,
    headers: Record<string, string> = {},
  ): Promise<UploadAnswer> {
    const own = { 'Content-Type': 'application/offset+octet-stream', 'Upload-Offset': String(offset) }
    return this.send({ method: 'PATCH', path, body, headers: { ...own, ...headers } })
  }

  head(path: string): Promise<UploadAnswer> {
    return this.send({ method: 'HEAD', path })
  }

  async record(fileId: string | null): Promise<FileRecord> {
    const answer = await this.send({ method: 'GET', path: `${API_BASE}/files/record/${fileId}` })
    return fileRecord.parse(answer.data)
  }
}

/** An upload by tus-js-client as it is. */
export function tusUpload(
  server: Pick<TestServer, 'url'>,
  token: string,
  content: Buffer,
  options: UploadOptions,
): { upload: Upload; done: Promise<{ fileId: string | undefined }> } {
  const { promise: done, resolve, reject } = Promise.withResolvers<{ fileId: string | undefined }>()
  const upload = new Upload(content, {
    endpoint: server.url + TUS,
    headers: { Authorization: `Bearer ${token}` },
    retryDelays: null,
    ...options,
    onSuccess: ({ lastResponse }) => resolve({ fileId: lastResponse.getHeader('File-Id') }),
    onError: reject,
  })
  return { upload, done }
}
