import type { RequestListener } from 'node:http'
import { HttpServer } from '../../src/http/http-server.ts'

/** Any request listener on a free port of loopback, for as long as the scope lasts. */
export async function serve(listener: RequestListener): Promise<{ url: string } & AsyncDisposable> {
  const server = new HttpServer()
  server.handle(listener)
  const port = await server.listen('127.0.0.1', 0)
  return { url: `http://127.0.0.1:${port}`, [Symbol.asyncDispose]: () => server.close(0) }
}
