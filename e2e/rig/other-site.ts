import { createServer } from 'node:http'

/** An LMS's own page, empty, of another origin than the server's. */
export interface OtherSite extends AsyncDisposable {
  readonly url: string
}

/** @param host `localhost` is the site of the rig's servers, though another origin; `127.0.0.1` is another site */
export async function startOtherSite(host: 'localhost' | '127.0.0.1'): Promise<OtherSite> {
  const server = createServer((_request, response) => {
    response.setHeader('Content-Type', 'text/html; charset=utf-8')
    response.end('<!doctype html><html lang="en"><title>LMS</title><body></body></html>')
  })
  const { promise, resolve } = Promise.withResolvers<void>()
  server.listen(0, '127.0.0.1', resolve)
  await promise
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('No port.')
  return {
    url: `http://${host}:${address.port}`,
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections()
      server.close()
    },
  }
}
