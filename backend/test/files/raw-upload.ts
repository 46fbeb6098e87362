import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import { API_BASE } from '@lectern/protocol'

const BOUNDARY = 'the-boundary-of-the-test'
export const FORM_TYPE = `multipart/form-data; boundary=${BOUNDARY}`

export interface RawForm {
  readonly filename?: string
  /** `filename` as a header has it, where another than the plain one is wanted. */
  readonly named?: string
  readonly content: Uint8Array
  readonly fields?: Readonly<Record<string, string>>
}

/** A form as bytes, so that it can be cut anywhere. */
export function formBytes({
  filename = 'x.pdf',
  named = `filename="${filename}"`,
  content,
  fields = { folder: 'Nộp' },
}: RawForm): Buffer {
  const parts = Object.entries(fields).map(
    ([name, value]) => `--${BOUNDARY}\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`,
  )
  const head = `--${BOUNDARY}\r\nContent-Disposition: form-data; name="file"; ${named}\r\n\r\n`
  return Buffer.concat([Buffer.from(parts.join('') + head), content, Buffer.from(`\r\n--${BOUNDARY}--\r\n`)])
}

/** A connection that has sent the header of an upload, and no byte of it. */
export async function openUpload(url: string, token: string, contentLength: number): Promise<Socket> {
  const { hostname, port } = new URL(url)
  const socket = connect(Number(port), hostname)
  // A server that has refused may end the connection while the test still writes.
  socket.on('error', () => undefined)
  await once(socket, 'connect')
  socket.write(
    [
      `POST ${API_BASE}/files/upload HTTP/1.1`,
      'Host: localhost',
      `Authorization: Bearer ${token}`,
      `Content-Type: ${FORM_TYPE}`,
      `Content-Length: ${contentLength}`,
      '',
      '',
    ].join('\r\n'),
  )
  return socket
}

/** What a server has sent, up to where it ends or the pattern matches. */
export async function readUntil(socket: Socket, pattern: RegExp): Promise<string> {
  let text = ''
  for await (const chunk of socket.setEncoding('utf8').iterator({ destroyOnReturn: false })) {
    text += chunk
    if (pattern.test(text)) break
  }
  return text
}
