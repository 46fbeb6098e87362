import { Encoder, PacketType } from 'socket.io-parser'
import { textFrame } from './corked-transport.ts'

/** Engine.IO's packet type `message` (protocol v4). */
const MESSAGE = '4'

const encoder = new Encoder()

/** An event for many: encoded once, by the first who is sent it. */
export class Broadcast {
  readonly #args: readonly unknown[]
  #packet: string | undefined
  #frame: Buffer | undefined

  /** @param args the event's name and what goes with it, as for `emit` */
  constructor(...args: readonly unknown[]) {
    this.#args = args
  }

  /** As Socket.IO sends it (protocol v5): what Engine.IO is given to write. */
  get packet(): string {
    this.#packet ??= String(encoder.encode({ type: PacketType.EVENT, nsp: '/', data: [...this.#args] })[0])
    return this.#packet
  }

  /** As a WebSocket bears it. */
  get frame(): Buffer {
    this.#frame ??= textFrame(MESSAGE + this.packet)
    return this.#frame
  }
}
