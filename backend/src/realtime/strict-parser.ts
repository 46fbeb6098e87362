import { Decoder, Encoder, PacketType } from 'socket.io-parser'

/**
 * Socket.IO's parser, for a server that takes no binary: a binary frame or a packet that announces attachments is an error,
 * which ends that one connection. Otherwise a client could have us wait, and hold memory, for attachments that never come.
 */
class TextDecoder extends Decoder {
  override add(frame: unknown): void {
    if (typeof frame !== 'string') throw new Error('Binary frames are not taken.')
    const type = Number(frame[0])
    if (type === PacketType.BINARY_EVENT || type === PacketType.BINARY_ACK)
      throw new Error('Attachments are not taken.')
    super.add(frame)
  }
}

export const strictParser = { Encoder, Decoder: TextDecoder }
