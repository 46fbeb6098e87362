const DEADLINE_MS = 10_000

/** Frames as they are: what no Socket.IO client would send. */
export class RawSocket implements AsyncDisposable {
  readonly #socket: WebSocket
  readonly #frames: string[] = []
  readonly closed: Promise<void>
  #heard: () => void = () => undefined

  private constructor(socket: WebSocket) {
    this.#socket = socket
    const { promise, resolve } = Promise.withResolvers<void>()
    this.closed = promise
    socket.addEventListener('close', () => resolve())
    socket.addEventListener('message', ({ data }) => {
      this.#frames.push(String(data))
      this.#heard()
    })
  }

  /** Through the handshakes of Engine.IO and Socket.IO. */
  static async connect(url: string, token: string): Promise<RawSocket> {
    const raw = await RawSocket.open(url)
    raw.send(`40${JSON.stringify({ token })}`)
    await raw.next((frame) => frame.startsWith('40'))
    return raw
  }

  /** Through the handshake of Engine.IO alone. */
  static async open(url: string): Promise<RawSocket> {
    const raw = new RawSocket(new WebSocket(`${url.replace('http', 'ws')}/socket.io/?EIO=4&transport=websocket`))
    await raw.next((frame) => frame.startsWith('0'))
    return raw
  }

  send(frame: string | Uint8Array<ArrayBuffer>): void {
    this.#socket.send(frame)
  }

  /** The first frame that matches, of those that came and those to come. */
  async next(matches: (frame: string) => boolean): Promise<string> {
    const signal = AbortSignal.timeout(DEADLINE_MS)
    for (;;) {
      const frame = this.#frames.find(matches)
      if (frame !== undefined) return frame
      const { promise, resolve, reject } = Promise.withResolvers<void>()
      this.#heard = resolve
      signal.addEventListener('abort', () => reject(new Error(`Not among ${this.#frames.join(' ')}`)), { once: true })
      await promise
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#socket.close()
    await this.closed
  }
}
