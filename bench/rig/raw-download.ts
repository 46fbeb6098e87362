import { connect } from 'node:net'

export interface DownloadOptions {
  readonly url: string
  readonly token?: string
}

const READ_BYTES = 2_097_152

/** Reads an answer to its end, over a socket of its own and into the same memory, so that the reader costs little. @returns the status, and the bytes after the headers */
export async function downloadRaw({ url, token }: DownloadOptions): Promise<{ status: number; bytes: number }> {
  const { hostname, port, host, pathname, search } = new URL(url)
  const { promise, resolve, reject } = Promise.withResolvers<void>()
  let head = ''
  let bytes = 0
  const take = (length: number, buffer: Uint8Array) => {
    if (head.endsWith('\r\n\r\n')) bytes += length
    else {
      const text = head + Buffer.from(buffer.buffer, buffer.byteOffset, length).toString('latin1')
      const end = text.indexOf('\r\n\r\n')
      head = end === -1 ? text : text.slice(0, end + 4)
      bytes = text.length - head.length
    }
    return true
  }
  const socket = connect({
    port: Number(port),
    host: hostname,
    onread: { buffer: Buffer.allocUnsafeSlow(READ_BYTES), callback: take },
  })
  socket.on('close', resolve).on('error', reject)
  const authorization = token === undefined ? '' : `Authorization: Bearer ${token}\r\n`
  socket.write(`GET ${pathname}${search} HTTP/1.1\r\nHost: ${host}\r\n${authorization}Connection: close\r\n\r\n`)
  await promise
  return { status: Number(/^HTTP\/1\.1 (\d{3})/.exec(head)?.[1] ?? 0), bytes }
}
