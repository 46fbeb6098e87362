import type { IncomingMessage } from 'node:http'
import type { Duplex } from 'node:stream'
import { WebSocket, WebSocketServer } from 'ws'

/** One frame as ws makes it (RFC 6455, 5.2): its header, and its payload unless that is behind the header already. */
type Frame = Buffer | readonly (Buffer | string)[]
type Taken = (error?: Error) => void
type SendFrame = (frame: Frame, taken?: Taken) => void

const OPCODE = 0x0f
const CLOSE = 0x8
const ENCODING = 'utf8'
const { OPEN } = WebSocket

/**
 * The WebSocket server for Socket.IO's `wsEngine`: what is sent to a client in one turn of the event loop leaves in one
 * system call when the turn ends. Written frame by frame, most of what a busy room costs is system calls.
 */
export class CorkedWebSocketServer extends WebSocketServer {
  readonly #turn = new Turn()

  override handleUpgrade(
    request: IncomingMessage,
    socket: Duplex,
    head: Buffer,
    callback: (client: WebSocket, request: IncomingMessage) => void,
  ): void {
    super.handleUpgrade(request, socket, head, (client, upgraded) => {
      corks.set(client, new Cork(client, socket, this.#turn))
      callback(client, upgraded)
    })
  }
}

/** Where a client's frames go. */
export interface Wire {
  /** Sends a whole frame, which many may share; nothing once the connection is closing. */
  send(frame: Buffer): void
  /**
   * Gives the client up when more than so many bytes wait for it to take what it was sent before: those are dropped, and
   * the connection is closed with a reason.
   */
  bound(bytes: number, exceeded: () => void): void
}

const corks = new WeakMap<object, Cork>()

/** @param transport Engine.IO's, of a connection; undefined where it is no WebSocket */
export function wireOf(transport: object): Wire | undefined {
  const client: unknown = Reflect.get(transport, 'socket')
  return typeof client === 'object' && client !== null ? corks.get(client) : undefined
}

const FINAL_TEXT = 0x81
const TWO_BYTES = 126
const EIGHT_BYTES = 127

/** An unmasked text frame, as a server sends it (RFC 6455, 5.2). */
export function textFrame(text: string): Buffer {
  const length = Buffer.byteLength(text, ENCODING)
  const extended = length < TWO_BYTES ? 0 : length < 0x10000 ? 2 : 8
  const frame = Buffer.allocUnsafe(2 + extended + length)
  frame[0] = FINAL_TEXT
  frame[1] = extended === 0 ? length : extended === 2 ? TWO_BYTES : EIGHT_BYTES
  if (extended === 2) frame.writeUInt16BE(length, 2)
  if (extended === 8) frame.writeBigUInt64BE(BigInt(length), 2)
  frame.write(text, 2 + extended, ENCODING)
  return frame
}

/** The sockets that were written to in this turn of the event loop. */
class Turn {
  #corked: Cork[] = []
  #last: Bundle | undefined

  add(cork: Cork): void {
    if (this.#corked.length === 0) setImmediate(() => this.#end())
    this.#corked.push(cork)
  }

  /** The frames as one piece. In a room the next socket mostly gets just what the one before got: that is made once. */
  join(frames: readonly Frame[], bytes: number): Buffer {
    if (this.#last === undefined || !same(this.#last.frames, frames)) {
      this.#last = { frames, joined: joined(frames, bytes) }
    }
    return this.#last.joined
  }

  #end(): void {
    const corked = this.#corked
    this.#corked = []
    for (const cork of corked) cork.pull()
    this.#last = undefined
  }
}

interface Bundle {
  readonly frames: readonly Frame[]
  readonly joined: Buffer
}

/** Try Again Later (the IANA registry of WebSocket close codes). */
const TRY_AGAIN_LATER = 1013

/** Holds back what is sent to one client until the turn is over, and until it has taken what it was sent before. */
class Cork implements Wire {
  readonly #client: WebSocket
  readonly #socket: Duplex
  readonly #turn: Turn
  #frames: Frame[] = []
  #bytes = 0
  /** Whether the turn's end or the socket's `drain` will pull it. */
  #isAwaited = false
  #isGivenUp = false
  #bound = Number.POSITIVE_INFINITY
  #exceeded: () => void = () => undefined

  /** @throws Error where ws does not send its frames as it did when this was written */
  constructor(client: WebSocket, socket: Duplex, turn: Turn) {
    this.#client = client
    this.#socket = socket
    this.#turn = turn
    const sender: unknown = Reflect.get(client, '_sender')
    if (!hasSendFrame(sender))
      throw new Error('ws has no _sender.sendFrame any more: corked-transport.ts must follow it.')
    const send = sender.sendFrame.bind(sender)
    sender.sendFrame = (frame, taken) => {
      if (isClose(frame)) {
        this.#write(joined(this.#frames, this.#bytes))
        send(frame, taken)
      } else this.#hold(frame, taken)
    }
    // Before ws ends the socket in answer to the client's end.
    socket.prependListener('end', () => this.#write(joined(this.#frames, this.#bytes)))
  }

  send(frame: Buffer): void {
    if (this.#client.readyState !== OPEN) return
    this.#add(frame, frame.length)
    this.#check()
  }

  bound(bytes: number, exceeded: () => void): void {
    this.#bound = bytes
    this.#exceeded = exceeded
  }

  /** The turn is over. */
  pull(): void {
    if (this.#socket.writableNeedDrain) this.#socket.once('drain', () => this.#drained())
    else {
      this.#isAwaited = false
      this.#write(this.#turn.join(this.#frames, this.#bytes))
    }
  }

  #drained(): void {
    this.#isAwaited = false
    this.#write(joined(this.#frames, this.#bytes))
  }

  #write(frames: Buffer): void {
    this.#frames = []
    this.#bytes = 0
    if (frames.length > 0 && this.#socket.writable) this.#socket.write(frames)
  }

  /**
   * Tells Engine.IO at once that the frame is taken, so that it does not keep the next one in its own buffer until this
   * one has left: what waits is counted here instead.
   */
  #hold(frame: Frame, taken: Taken | undefined): void {
    this.#add(frame, bytesOf(frame))
    taken?.()
    this.#check()
  }

  #add(frame: Frame, bytes: number): void {
    if (this.#isGivenUp) return
    this.#frames.push(frame)
    this.#bytes += bytes
    if (this.#isAwaited) return
    this.#isAwaited = true
    this.#turn.add(this)
  }

  #check(): void {
    if (this.#bytes > this.#bound) this.#giveUp()
  }

  #giveUp(): void {
    this.#isGivenUp = true
    this.#frames = []
    this.#bytes = 0
    this.#client.close(TRY_AGAIN_LATER, 'What is sent is not read fast enough.')
    this.#exceeded()
  }
}

function hasSendFrame(sender: unknown): sender is { sendFrame: SendFrame } {
  return (
    typeof sender === 'object' && sender !== null && 'sendFrame' in sender && typeof sender.sendFrame === 'function'
  )
}

function isClose(frame: Frame): boolean {
  const first = frame[0]
  return typeof first === 'object' && ((first[0] ?? 0) & OPCODE) === CLOSE
}

const lengthOf = (part: Buffer | string): number =>
  typeof part === 'string' ? Buffer.byteLength(part, ENCODING) : part.length

const bytesOf = (frame: Frame): number =>
  Buffer.isBuffer(frame) ? frame.length : frame.reduce((sum, part) => sum + lengthOf(part), 0)

const same = (some: readonly Frame[], others: readonly Frame[]): boolean =>
  some.length === others.length && some.every((frame, index) => frame === others[index])

function joined(frames: readonly Frame[], bytes: number): Buffer {
  const [only] = frames
  if (frames.length === 1 && Buffer.isBuffer(only)) return only
  const whole = Buffer.allocUnsafe(bytes)
  let at = 0
  const put = (part: Buffer | string): void => {
    at += typeof part === 'string' ? whole.write(part, at, ENCODING) : part.copy(whole, at)
  }
  for (const frame of frames) {
    if (Buffer.isBuffer(frame)) put(frame)
    else for (const part of frame) put(part)
  }
  return whole
}
