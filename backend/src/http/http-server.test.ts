import { once } from 'node:events'
import type { ServerResponse } from 'node:http'
import { connect } from 'node:net'
import { describe, expect, it } from 'vitest'
import { StartError } from '../shared/start-error.ts'
import { HttpServer } from './http-server.ts'

/** A server that holds back its answers until the test gives them. */
async function startHolding() {
  const server = new HttpServer()
  const { promise: held, resolve } = Promise.withResolvers<ServerResponse>()
  server.handle((_request, response) => resolve(response))
  const port = await server.listen('127.0.0.1', 0)
  return { server, held, port, url: `http://127.0.0.1:${port}` }
}

describe('closing the server', () => {
  it('finishes what was accepted, and takes nothing more', async () => {
    const { server, held, port, url } = await startHolding()
    const answer = fetch(url).then((response) => response.text())
    const response = await held
    const closed = server.close(10_000)
    const [refused] = await once(connect(port, '127.0.0.1'), 'error')
    expect(refused).toMatchObject({ code: 'ECONNREFUSED' })
    response.end('finished')
    expect(await answer).toBe('finished')
    await closed
  })

  it('does not wait for kept connections that ask nothing', async () => {
    const server = new HttpServer()
    server.handle((_request, response) => response.end('ok'))
    const port = await server.listen('127.0.0.1', 0)
    const idle = connect(port, '127.0.0.1')
    idle.write('GET / HTTP/1.1\r\nHost: localhost\r\n\r\n')
    await once(idle, 'data')
    await server.close(10_000)
    idle.destroy()
  })

  it('cuts off what takes longer than it is given', async () => {
    const { server, held, url } = await startHolding()
    const answer = fetch(url)
    const cut = expect(answer).rejects.toThrow('fetch failed')
    await held
    await server.close(1)
    await cut
  })
})

describe('listening', () => {
  it('on a port that is taken is the operator’s to mend', async () => {
    const { server, port } = await startHolding()
    const refused = await new HttpServer().listen('127.0.0.1', port).catch((error: unknown) => error)
    expect(refused).toBeInstanceOf(StartError)
    expect(refused).toMatchObject({
      message: `HOST, PORT: cannot listen on 127.0.0.1:${port} (another process listens there)`,
    })
    await server.close(0)
  })
})
