import { PacketType } from 'socket.io-parser'
import { textFrame } from './corked-transport.ts'

/** Engine.IO's packet type `message` (protocol v4). */
const MESSAGE = '4'

/** An event for many: encoded once, by the first who is sent it. */
export class Broadcast {
  readonly #args: readonly unknown[]
  #packet: string | undefined
  #frame: Buffer | undefined

  /** @param args the event's name and what goes with it, as for `emit` */
  constructor(...args: readonly unknown[]) {
    this.#args = args
  }

  /** As Socket.IO sends an event of the main namespace, which waits for no ack (protocol v5): what Engine.IO is given to write. */
  get packet(): string {
    this.#packet ??= PacketType.EVENT + JSON.stringify(this.#args)
    return this.#packet
  }

  /** As a WebSocket bears it. */
  get frame(): Buffer {
    this.#frame ??= textFrame(MESSAGE + this.packet)
    return this.#frame
  }
}
