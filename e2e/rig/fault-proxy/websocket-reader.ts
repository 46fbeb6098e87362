const END_OF_HEAD = Buffer.from('\r\n\r\n')
const TEXT = 0x1

/** A text frame, once the last byte of it has been read. */
export interface ReadFrame {
  readonly text: string
  /** Where in the chunk read last it begins; 0 when it began in one before. */
  readonly start: number
}

/** Where the payload of a frame lies (RFC 6455, 5.2). */
interface Layout {
  readonly opcode: number
  readonly mask: Buffer | undefined
  readonly from: number
  readonly to: number
}

function layoutOf(buffer: Buffer): Layout | undefined {
  if (buffer.length < 2) return undefined
  const opcode = buffer.readUInt8(0) & 0x0f
  const second = buffer.readUInt8(1)
  const short = second & 0x7f
  const extended = short === 126 ? 2 : short === 127 ? 8 : 0
  const maskAt = 2 + extended
  const from = maskAt + (second & 0x80 ? 4 : 0)
  if (buffer.length < from) return undefined
  const long = extended === 2 ? buffer.readUInt16BE(2) : Number(extended === 8 ? buffer.readBigUInt64BE(2) : 0)
  const to = from + (extended === 0 ? short : long)
  return { opcode, mask: from > maskAt ? buffer.subarray(maskAt, from) : undefined, from, to }
}

function textOf(payload: Buffer, mask: Buffer | undefined): string {
  if (mask === undefined) return payload.toString('utf8')
  return Buffer.from(payload.map((byte, index) => byte ^ (mask[index % 4] ?? 0))).toString('utf8')
}

/** Reads along with one direction of a connection. Of plain HTTP it reads nothing. Frames are neither split nor compressed, as Socket.IO's are. */
export class WebSocketReader {
  #phase: 'head' | 'frames' | 'plain' = 'head'
  #unread: Buffer = Buffer.alloc(0)

  read(chunk: Buffer): ReadFrame[] {
    if (this.#phase === 'plain') return []
    const held = this.#unread.length
    this.#unread = Buffer.concat([this.#unread, chunk])
    let position = this.#phase === 'head' ? this.#passHead() : 0
    const frames: ReadFrame[] = []
    while (this.#phase === 'frames') {
      const layout = layoutOf(this.#unread)
      if (layout === undefined || layout.to > this.#unread.length) break
      const text = textOf(this.#unread.subarray(layout.from, layout.to), layout.mask)
      if (layout.opcode === TEXT) frames.push({ text, start: Math.max(0, position - held) })
      this.#unread = this.#unread.subarray(layout.to)
      position += layout.to
    }
    return frames
  }

  /** @returns its length; 0 while it is not whole */
  #passHead(): number {
    const end = this.#unread.indexOf(END_OF_HEAD)
    if (end < 0) return 0
    const length = end + END_OF_HEAD.length
    const isUpgrade = /^upgrade: *websocket\r?$/im.test(this.#unread.toString('latin1', 0, end))
    this.#phase = isUpgrade ? 'frames' : 'plain'
    this.#unread = this.#unread.subarray(length)
    return length
  }
}
