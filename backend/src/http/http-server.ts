import { createServer, type RequestListener, type Server } from 'node:http'
import { type AddressInfo, isIPv6 } from 'node:net'
import { StartError } from '../shared/start-error.ts'
import { limitTime } from './slow-body.ts'

/** Twice Node's own, so that the longest token (`LIMITS.token`) comes in beside the other headers. */
const HEADER_BYTES = 32_768
/** Node's own for headers, which it does without where it sets no limit to the whole request. */
const HEADERS_MS = 60_000
/** Node's own for a whole request; a body that may take longer asks for it (`allowSlowBody`). */
const REQUEST_MS = 300_000

/** A listening server that can be asked to finish what it has accepted. */
export class HttpServer {
  readonly server: Server
  #closing = false
  #handler: RequestListener = (_request, response) => void response.writeHead(503).end()

  constructor() {
    const options = { maxHeaderSize: HEADER_BYTES, headersTimeout: HEADERS_MS, requestTimeout: 0 }
    this.server = createServer(options, (request, response) => this.#handler(request, response))
    this.server.on('request', (request, response) => {
      limitTime(request, REQUEST_MS)
      // A kept-alive connection is idle only after its answer's last event.
      response.once('close', () => setImmediate(() => this.#closing && this.server.closeIdleConnections()))
    })
  }

  /** @throws Error before it listens */
  get port(): number {
    return addressOf(this.server).port
  }

  /** Who answers requests; what takes some of them first, as Socket.IO does, hangs on `server`. */
  handle(handler: RequestListener): void {
    this.#handler = handler
  }

  /**
   * @returns the port, which is a free one where `port` is 0
   * @throws StartError when the address is taken or is not this machine's
   */
  async listen(host: string, port: number): Promise<number> {
    const { promise, resolve, reject } = Promise.withResolvers<void>()
    this.server.once('error', reject)
    this.server.listen(port, host, resolve)
    try {
      await promise
    } catch (cause) {
      throw new StartError(`HOST, PORT: cannot listen on ${hostAndPort(host, port)} (${reasonOf(cause)})`, { cause })
    } finally {
      this.server.removeListener('error', reject)
    }
    return this.port
  }

  /** Accepts nothing more, and resolves when what was accepted is answered; what takes longer than `graceMs` is cut off. */
  async close(graceMs: number): Promise<void> {
    this.#closing = true
    const { promise, resolve } = Promise.withResolvers<void>()
    // Its error says that the server was not listening, which is what is wanted.
    this.server.close(() => resolve())
    const deadline = setTimeout(() => this.server.closeAllConnections(), graceMs)
    await promise
    clearTimeout(deadline)
  }
}

export const hostAndPort = (host: string, port: number): string => `${isIPv6(host) ? `[${host}]` : host}:${port}`

function addressOf(server: Server): AddressInfo {
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('The server does not listen on a port.')
  return address
}

function reasonOf(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? error.code : undefined
  if (code === 'EADDRINUSE') return 'another process listens there'
  if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND') return 'not an address of this machine'
  if (code === 'EACCES') return 'not permitted'
  return String(code ?? error)
}
