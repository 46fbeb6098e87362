import { connect, type Socket } from 'node:net'
import { closeSocket } from './close-socket.ts'

const EVENT = 0x32
const ACK = 0x33
/** `42["chat:new_message"`: no other event of a course's room has an `n` there. */
const KIND_AT = 9
const NEW_MESSAGE = 0x6e

export interface RawClientOptions {
  readonly url: string
  /** What goes with the CONNECT packet. */
  readonly auth?: object
  /** Of the messages that come, one of so many is parsed and handed over; none when left out. */
  readonly sampleEvery?: number
  readonly sampled?: (message: unknown, offset: unknown) => void
}

/**
 * A Socket.IO client (protocol v5) over a bare TCP socket (RFC 6455): frames are counted and not parsed, so that the load
 * costs less than the server that bears it.
 */
export class RawClient {
  readonly #socket: Socket
  readonly #sampleEvery: number
  readonly #sampled: (message: unknown, offset: unknown) => void
  readonly #acks = new Map<number, (answer: unknown) => void>()
  readonly #connected = Promise.withResolvers<void>()
  readonly #auth: object | undefined
  #rest: Buffer | undefined
  #lastId = 0
  #messages = 0
  #otherBytes = 0
  #pid = ''

  private constructor(socket: Socket, { auth, sampleEvery = 0, sampled = () => undefined }: RawClientOptions) {
    this.#socket = socket
    this.#auth = auth
    this.#sampleEvery = sampleEvery
    this.#sampled = sampled
  }

  /** Resolves when the server has let it in. */
  static async open(options: RawClientOptions): Promise<RawClient> {
    const { hostname, port } = new URL(options.url)
    const socket = connect({ host: hostname, port: Number(port), noDelay: true })
    const client = new RawClient(socket, options)
    socket.on('error', client.#connected.reject)
    socket.on('close', () => client.#connected.reject(new Error('The server closed a connection.')))
    socket.on('data', (chunk) => client.#receive(chunk))
    socket.write(
      `GET /socket.io/?EIO=4&transport=websocket HTTP/1.1\r\nHost: ${hostname}:${port}\r\nUpgrade: websocket\r\n` +
        'Connection: Upgrade\r\nSec-WebSocket-Key: bGVjdGVybidzIGJlbmNoIQ==\r\nSec-WebSocket-Version: 13\r\n\r\n',
    )
    await client.#connected.promise
    return client
  }

  /** How many messages of courses have come. */
  get messages(): number {
    return this.#messages
  }

  /** How many bytes of a course's other events have come: who is there, who types. */
  get otherBytes(): number {
    return this.#otherBytes
  }

  /** What the server knows the connection by. */
  get pid(): string {
    return this.#pid
  }

  /** @returns what the server acked */
  call(event: string, payload: object): Promise<unknown> {
    const id = ++this.#lastId
    const { promise, resolve } = Promise.withResolvers<unknown>()
    this.#acks.set(id, resolve)
    this.#write(`42${id}${JSON.stringify([event, payload])}`)
    return promise
  }

  close(): Promise<void> {
    return closeSocket(this.#socket)
  }

  /** As a network that goes: without a word. */
  cut(): void {
    this.#socket.destroy()
  }

  #receive(chunk: Buffer): void {
    const data = this.#rest === undefined ? chunk : Buffer.concat([this.#rest, chunk])
    let at = 0
    for (let end = frameEnd(data, at); end !== undefined; end = frameEnd(data, at)) {
      this.#frame(data, end.payload, end.next)
      at = end.next
    }
    this.#rest = at < data.length ? data.subarray(at) : undefined
  }

  #frame(data: Buffer, from: number, to: number): void {
    const kind = data[from + 1]
    if (kind === EVENT && data[from + KIND_AT] === NEW_MESSAGE) {
      this.#messages++
      if (this.#sampleEvery > 0 && this.#messages % this.#sampleEvery === 0)
        this.#sample(data.toString('utf8', from, to))
    } else if (kind === ACK) this.#acked(data.toString('utf8', from, to))
    else if (kind === EVENT) this.#otherBytes += to - from
    else this.#control(data.toString('utf8', from, to))
  }

  #sample(frame: string): void {
    const [, message, offset]: [string, unknown, unknown] = JSON.parse(frame.slice(2))
    this.#sampled(message, offset)
  }

  #acked(frame: string): void {
    const start = frame.indexOf('[')
    const id = Number(frame.slice(2, start))
    const [answer]: [{ ok?: boolean }] = JSON.parse(frame.slice(start))
    if (answer.ok !== true) throw new Error(`The server answered ${frame}.`)
    this.#acks.get(id)?.(answer)
    this.#acks.delete(id)
  }

  #control(frame: string): void {
    if (frame.startsWith('0')) this.#write(`40${JSON.stringify(this.#auth ?? {})}`)
    else if (frame === '2') this.#write('3')
    else if (frame.startsWith('40')) {
      const { pid = '' }: { pid?: string } = JSON.parse(frame.slice(2))
      this.#pid = pid
      this.#connected.resolve()
    } else if (frame.startsWith('44')) this.#connected.reject(new Error(`The server refused: ${frame}.`))
  }

  #write(text: string): void {
    this.#socket.write(maskedFrame(text))
  }
}

/** Where the payload of the frame at `at` begins and ends; undefined while it is not all there. The answer to the upgrade counts for one. */
function frameEnd(data: Buffer, at: number): { payload: number; next: number } | undefined {
  // `H`, of HTTP/1.1, is no first byte of a frame that ws sends.
  if (data[at] === 0x48) {
    const end = data.indexOf('\r\n\r\n', at)
    return end < 0 ? undefined : { payload: end, next: end + 4 }
  }
  if (data.length < at + 2) return undefined
  const length = data[at + 1] ?? 0
  if (length < 126) return whole(data, at + 2, length)
  if (length === 126) return data.length < at + 4 ? undefined : whole(data, at + 4, data.readUInt16BE(at + 2))
  return data.length < at + 10 ? undefined : whole(data, at + 10, Number(data.readBigUInt64BE(at + 2)))
}

const whole = (data: Buffer, payload: number, length: number) =>
  data.length < payload + length ? undefined : { payload, next: payload + length }

/** A client must mask (RFC 6455, 5.3); with a key of zeros the payload stays as it is. */
function maskedFrame(text: string): Buffer {
  const length = Buffer.byteLength(text)
  const header = length < 126 ? 6 : 8
  const frame = Buffer.alloc(header + length)
  frame[0] = 0x81
  if (length < 126) frame[1] = 0x80 | length
  else {
    frame[1] = 0x80 | 126
    frame.writeUInt16BE(length, 2)
  }
  frame.write(text, header)
  return frame
}
