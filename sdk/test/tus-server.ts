import { createHash, randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { Value } from '../src/value.ts'

const BASE = '/api/v1/files/tus'

interface Begun {
  readonly metadata: Readonly<Record<string, string>>
  readonly size: number
  bytes: Buffer
}

export interface Requested {
  readonly method: string
  readonly path: string
  readonly bearer: string | undefined
}

/** What the test answers in the server's place; `take`: the server does its work, and its answer is lost. */
export type Fault = { readonly status: number; readonly body?: unknown } | 'cut' | 'take' | 'hang' | undefined

/** A server of tus 1.0, and of the records of what was uploaded, that fails as it is told to. */
export class TusServer {
  readonly requests = new Value<readonly Requested[]>([])
  readonly begun = new Map<string, Begun>()
  readonly files = new Map<string, Begun>()
  /** Whose the cookie is. */
  signedIn = 'lan'
  /** Asked before each request. */
  fault: (requested: Requested) => Fault | Promise<Fault> = () => undefined
  readonly #server = createServer((request, response) => void this.#serve(request, response))

  static async start(): Promise<TusServer> {
    const server = new TusServer()
    server.#server.listen(0, '127.0.0.1')
    await once(server.#server, 'listening')
    return server
  }

  get url(): string {
    const address = this.#server.address()
    if (typeof address !== 'object' || address === null) throw new Error('The server listens on no port.')
    return `http://127.0.0.1:${address.port}`
  }

  get endpoint(): string {
    return `${this.url}${BASE}`
  }

  /** Of these methods, as `PATCH`; of tus alone. */
  methods(): string[] {
    return this.requests
      .getSnapshot()
      .filter(({ path }) => path.startsWith(BASE))
      .map(({ method }) => method)
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#server.closeAllConnections()
    this.#server.close()
    await once(this.#server, 'close')
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const bearer = request.headers.authorization?.replace('Bearer ', '')
    const requested = { method: request.method ?? '', path: request.url ?? '', bearer }
    this.requests.set([...this.requests.getSnapshot(), requested])
    const fault = await this.fault(requested)
    if (fault === 'hang') return
    if (fault === 'cut') return void request.socket.destroy()
    if (typeof fault === 'object') {
      response.writeHead(fault.status, { 'Content-Type': 'application/json', 'X-Request-Id': 'request-1' })
      return void response.end(JSON.stringify(fault.body))
    }
    const body = await bodyOf(request)
    if (body === undefined) return
    const answer = this.#answer(request, body)
    if (fault === 'take') return void request.socket.destroy()
    response.writeHead(answer.status, { 'Tus-Resumable': '1.0.0', ...answer.headers }).end(answer.body)
  }

  #answer(request: IncomingMessage, body: Buffer) {
    const path = request.url ?? ''
    const id = path.slice(path.lastIndexOf('/') + 1)
    if (path.endsWith('/auth/me')) return json({ id: this.signedIn })
    if (path.includes('/files/record/')) return this.#record(id)
    if (request.method === 'POST') return this.#create(request)
    const begun = this.begun.get(id)
    if (begun === undefined) return refusal(404, 'NOT_FOUND')
    if (request.method === 'DELETE') return { status: this.begun.delete(id) ? 204 : 404, headers: {}, body: '' }
    if (request.method === 'PATCH') return this.#append(id, begun, request, body)
    return { status: 200, headers: { 'Upload-Offset': begun.bytes.length, 'Upload-Length': begun.size }, body: '' }
  }

  #record(id: string) {
    const file = this.files.get(id)
    if (file === undefined) return refusal(404, 'NOT_FOUND')
    return json({ id, original_name: file.metadata['filename'], size: file.size })
  }

  #create(request: IncomingMessage) {
    const id = randomUUID()
    const metadata = metadataOf(String(request.headers['upload-metadata']))
    this.begun.set(id, { metadata, size: Number(request.headers['upload-length']), bytes: Buffer.alloc(0) })
    return { status: 201, headers: { Location: `${BASE}/${id}` }, body: '' }
  }

  #append(id: string, begun: Begun, request: IncomingMessage, body: Buffer) {
    if (Number(request.headers['upload-offset']) !== begun.bytes.length) return refusal(409, 'CONFLICT')
    const [, digest] = String(request.headers['upload-checksum']).split(' ')
    if (digest !== createHash('sha256').update(body).digest('base64')) return refusal(460, 'VALIDATION_FAILED')
    begun.bytes = Buffer.concat([begun.bytes, body])
    const headers: Record<string, string> = { 'Upload-Offset': String(begun.bytes.length) }
    if (begun.bytes.length === begun.size) {
      this.files.set(id, begun)
      this.begun.delete(id)
      headers['File-Id'] = id
    }
    return { status: 204, headers, body: '' }
  }
}

export const refusal = (status: number, code: string, details = {}) => ({
  status,
  headers: { 'Content-Type': 'application/json' },
  body: JSON.stringify({ success: false, error: { code, message: `It is ${code}.`, details } }),
})

const json = (data: object) => ({
  status: 200,
  headers: { 'Content-Type': 'application/json' },
  body: JSON.stringify({ success: true, data }),
})

function metadataOf(header: string): Record<string, string> {
  const pairs = header.split(',').map((pair) => pair.split(' '))
  return Object.fromEntries(pairs.map(([key, value = '']) => [key, Buffer.from(value, 'base64').toString()]))
}

/** Undefined where it was broken off. */
async function bodyOf(request: IncomingMessage): Promise<Buffer | undefined> {
  try {
    return Buffer.concat(await request.toArray())
  } catch {
    return undefined
  }
}
