import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { HostileFile } from './hostile-file.ts'

/** As a static server knows them; what is not here goes without a type, and the browser guesses. */
const TYPES: Readonly<Record<string, string>> = {
  html: 'text/html',
  htm: 'text/html',
  shtml: 'text/html',
  xhtml: 'application/xhtml+xml',
  xml: 'text/xml',
  xsl: 'text/xml',
  svg: 'image/svg+xml',
  js: 'text/javascript',
  mjs: 'text/javascript',
  pdf: 'application/pdf',
  png: 'image/png',
  jpg: 'image/jpeg',
  jpeg: 'image/jpeg',
  gif: 'image/gif',
  webp: 'image/webp',
  mp4: 'video/mp4',
  webm: 'video/webm',
  mp3: 'audio/mpeg',
  wav: 'audio/wav',
  ogg: 'audio/ogg',
  zip: 'application/zip',
  doc: 'application/msword',
}

export interface NaiveServer extends AsyncDisposable {
  readonly url: string
  pathOf(id: number): string
}

/** Serves what it was given at its name, with the type that its extension says and no word more: the positive control. */
export async function startNaiveServer(files: readonly HostileFile[]): Promise<NaiveServer> {
  const answer = (request: IncomingMessage, response: ServerResponse) => {
    const file = files[Number(/^\/(\d+)\//.exec(request.url ?? '')?.[1] ?? Number.NaN)]
    const type = TYPES[extensionOf(file)]
    if (file === undefined) response.writeHead(404).end()
    else response.writeHead(200, type === undefined ? {} : { 'Content-Type': type }).end(file.content)
  }
  const server = createServer(answer).listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    pathOf: (id) => `/${id}/${encodeURIComponent(nameOf(files[id]))}`,
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}

const nameOf = (file: HostileFile | undefined): string => (file?.filename.toString() ?? '').toWellFormed()
const extensionOf = (file: HostileFile | undefined): string => nameOf(file).split('.').at(-1)?.toLowerCase() ?? ''
