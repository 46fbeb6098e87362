import { once } from 'node:events'
import { createServer, type IncomingMessage } from 'node:http'
import { type AddressInfo, connect, type Socket } from 'node:net'
import { describe, expect, it } from 'vitest'
import { allowSlowBody, drainBody, limitTime } from './slow-body.ts'

/** A request of which the body does not come, over a connection of its own. */
async function halfRequest(): Promise<{ request: IncomingMessage; client: Socket } & AsyncDisposable> {
  const server = createServer()
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  const client = connect(port, '127.0.0.1')
  client.write('POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 10\r\n\r\nhalf')
  const [request]: IncomingMessage[] = await once(server, 'request')
  if (request === undefined) throw new Error('No request came.')
  request.on('error', () => undefined)
  return {
    request,
    client,
    [Symbol.asyncDispose]: async () => {
      client.destroy()
      server.close()
      await once(server, 'close')
    },
  }
}

describe('a body that comes slowly', () => {
  it('ends with its connection when the time is over', async () => {
    await using half = await halfRequest()
    limitTime(half.request, 20)
    await once(half.client, 'close')
    expect(half.request.complete).toBe(false)
  })

  it('goes on for as long as it likes where that was allowed', async () => {
    await using half = await halfRequest()
    limitTime(half.request, 20)
    allowSlowBody(half.request)
    limitTime(half.request, 0)
    allowSlowBody(half.request)
    half.client.write('whole!')
    half.request.resume()
    await once(half.request, 'end')
    expect(half.request.complete).toBe(true)
  })

  it('ends with its connection when nothing of it comes any more, also where that was allowed', async () => {
    await using half = await halfRequest()
    allowSlowBody(half.request, 20)
    half.request.resume()
    await once(half.client, 'close')
    expect(half.request.complete).toBe(false)
  })

  it('that was refused flows away for a while, and no longer', async () => {
    await using half = await halfRequest()
    drainBody(half.request, 20)
    await once(half.client, 'close')
    expect(half.request.complete).toBe(false)
  })
})
