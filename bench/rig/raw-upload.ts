import { randomUUID } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import { connect, type Socket } from 'node:net'
import { text } from 'node:stream/consumers'

export interface UploadOptions {
  /** The server's origin. */
  readonly url: string
  readonly token: string
  readonly path: string
  readonly filename: string
  readonly folder: string
}

const READ_BYTES = 1_048_576

/** A file as one form, over a socket of its own, so that the sender costs little. @returns the status */
export async function uploadRaw({ url, token, path, filename, folder }: UploadOptions): Promise<number> {
  const { hostname, port, host } = new URL(url)
  const boundary = randomUUID()
  const head =
    `--${boundary}\r\nContent-Disposition: form-data; name="folder"\r\n\r\n${folder}\r\n` +
    `--${boundary}\r\nContent-Disposition: form-data; name="file"; filename="${filename}"\r\n` +
    'Content-Type: application/octet-stream\r\n\r\n'
  const tail = `\r\n--${boundary}--\r\n`
  const length = head.length + (await stat(path)).size + tail.length
  const socket = connect(Number(port), hostname)
  socket.write(
    `POST /api/v1/files/upload HTTP/1.1\r\nHost: ${host}\r\nAuthorization: Bearer ${token}\r\n` +
      `Content-Type: multipart/form-data; boundary=${boundary}\r\nContent-Length: ${length}\r\nConnection: close\r\n\r\n${head}`,
  )
  const answered = text(socket)
  for await (const piece of createReadStream(path, { highWaterMark: READ_BYTES })) await written(socket, piece)
  socket.write(tail)
  const answer = await answered
  return Number(/^HTTP\/1\.1 (\d{3})/.exec(answer)?.[1] ?? 0)
}

const written = (socket: Socket, piece: Uint8Array): Promise<void> =>
  new Promise((resolve, reject) => {
    socket.write(piece, (error) => (error ? reject(error) : resolve()))
  })
