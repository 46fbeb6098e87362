import { once } from 'node:events'
import { connect, createServer, type Socket } from 'node:net'
import { describe, expect, it } from 'vitest'
import { until } from '../until.ts'
import { Cell } from './cell.ts'
import { type FaultProxy, type FaultProxyOptions, startFaultProxy } from './fault-proxy.ts'

interface EchoServer extends AsyncDisposable {
  readonly url: string
  /** All that it was sent, on every connection. */
  readonly seen: Cell<string>
}

async function startEcho(): Promise<EchoServer> {
  const seen = new Cell('')
  const sockets = new Set<Socket>()
  const server = createServer((socket) => {
    sockets.add(socket)
    // It is cut on purpose.
    socket.on('error', () => socket.destroy())
    socket.on('data', (chunk) => {
      seen.set(seen.getSnapshot() + chunk.toString())
      socket.write(chunk)
    })
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  const port = typeof address === 'object' ? address?.port : undefined
  return {
    url: `http://127.0.0.1:${port}`,
    seen,
    async [Symbol.asyncDispose]() {
      for (const socket of sockets) socket.destroy()
      server.close()
      await once(server, 'close')
    },
  }
}

interface Client {
  readonly socket: Socket
  /** All that it was answered. */
  readonly heard: Cell<string>
  /** `end` for a FIN, else the error's code. */
  readonly fate: Promise<string | undefined>
}

async function call(url: string): Promise<Client> {
  const { hostname, port } = new URL(url)
  const socket = connect(Number(port), hostname)
  const heard = new Cell('')
  const { promise: fate, resolve } = Promise.withResolvers<string | undefined>()
  socket.on('data', (chunk) => heard.set(heard.getSnapshot() + chunk.toString()))
  socket.once('end', () => resolve('end')).once('error', (error: NodeJS.ErrnoException) => resolve(error.code))
  await Promise.race([once(socket, 'connect'), fate])
  return { socket, heard, fate }
}

async function callThrough(proxy: FaultProxy): Promise<Client> {
  const before = proxy.made.getSnapshot()
  const client = await call(proxy.url)
  await until(proxy.made, (made) => made > before)
  return client
}

async function says(client: Client, text: string): Promise<void> {
  client.socket.write(text)
  await until(client.heard, (heard) => heard.endsWith(text))
}

async function rig(options?: FaultProxyOptions) {
  const server = await startEcho()
  const proxy = await startFaultProxy(server.url, options)
  return {
    server,
    proxy,
    async [Symbol.asyncDispose]() {
      await proxy[Symbol.asyncDispose]()
      await server[Symbol.asyncDispose]()
    },
  }
}

describe('a fault proxy', () => {
  it('passes on all that is said, and both ends', async () => {
    await using it = await rig()
    const client = await callThrough(it.proxy)
    await says(client, 'x'.repeat(3_000_000))
    client.socket.end()
    await expect(client.fate).resolves.toBe('end')
    await until(it.proxy.open, (open) => open === 0)
  })

  it('breaks a connection with a reset, or ends it', async () => {
    await using it = await rig()
    const [reset, ended] = [await callThrough(it.proxy), await callThrough(it.proxy)]
    await says(reset, 'hello')
    expect(it.proxy.cutAll()).toBe(2)
    await expect(Promise.all([reset.fate, ended.fate])).resolves.toEqual(['ECONNRESET', 'ECONNRESET'])
    const polite = await callThrough(it.proxy)
    await says(polite, 'hello')
    it.proxy.cutAll('end')
    await expect(polite.fate).resolves.toBe('end')
  })

  it('picks by its seed, and leaves the others alone', async () => {
    const picks = async (seed: number) => {
      await using it = await rig({ seed })
      for (let n = 0; n < 8; n++) await callThrough(it.proxy)
      const picked: (number | undefined)[] = []
      for (let left = 8; left > 4; left--) {
        picked.push(it.proxy.cutOne())
        await until(it.proxy.open, (open) => open === left - 1)
      }
      return picked
    }
    const [first, again, other] = [await picks(7), await picks(7), await picks(8)]
    expect(again).toEqual(first)
    expect(other).not.toEqual(first)
    expect(new Set(first).size).toBe(4)
  })

  it('delays either direction, and keeps the order', async () => {
    await using it = await rig()
    const client = await callThrough(it.proxy)
    it.proxy.setNetwork({ delayMs: 60 })
    const startedAt = performance.now()
    client.socket.write('first ')
    client.socket.write('second')
    await until(client.heard, (heard) => heard.endsWith('second'))
    expect(performance.now() - startedAt).toBeGreaterThanOrEqual(119)
    expect(client.heard.getSnapshot()).toBe('first second')
  })

  it('lets no more pass than the network has room for', async () => {
    await using it = await rig()
    const client = await callThrough(it.proxy)
    it.proxy.setNetwork({ bytesPerSecond: 100_000 })
    const startedAt = performance.now()
    await says(client, 'x'.repeat(10_000))
    expect(performance.now() - startedAt).toBeGreaterThanOrEqual(99)
  })

  it('falls silent without ending a connection, and passes on later what was held back', async () => {
    await using it = await rig()
    const [through, direct] = [await callThrough(it.proxy), await call(it.server.url)]
    it.proxy.setNetwork({ silent: true })
    through.socket.write('unheard')
    await says(direct, 'heard')
    expect(it.server.seen.getSnapshot()).toBe('heard')
    expect(it.proxy.open.getSnapshot()).toBe(1)
    it.proxy.setNetwork({})
    await until(through.heard, (heard) => heard === 'unheard')
    direct.socket.destroy()
  })

  it('refuses new connections, and keeps the open ones', async () => {
    await using it = await rig()
    const client = await callThrough(it.proxy)
    it.proxy.refuse()
    const refused = await call(it.proxy.url)
    await expect(refused.fate).resolves.toBe('ECONNREFUSED')
    await says(client, 'still here')
    await it.proxy.accept()
    await says(await callThrough(it.proxy), 'back again')
  })

  it('refuses by a reset where the target is gone', async () => {
    const { server, proxy } = await rig()
    await server[Symbol.asyncDispose]()
    const client = await call(proxy.url)
    await expect(client.fate).resolves.toBe('ECONNRESET')
    await proxy[Symbol.asyncDispose]()
  })

  it('halves what is said', async () => {
    await using it = await rig()
    const client = await callThrough(it.proxy)
    it.proxy.cutAfter('up', 5, 'end')
    client.socket.write('hello, world')
    await expect(client.fate).resolves.toBe('end')
    await until(it.server.seen, (seen) => seen === 'hello')
  })

  it('halves what is answered', async () => {
    await using it = await rig()
    const client = await callThrough(it.proxy)
    it.proxy.cutAfter('down', 5, 'end')
    client.socket.write('hello, world')
    await expect(client.fate).resolves.toBe('end')
    expect(client.heard.getSnapshot()).toBe('hello')
    expect(it.server.seen.getSnapshot()).toBe('hello, world')
  })

  it('cuts by rule, before the server has heard or after it has answered', async () => {
    await using it = await rig({
      rule: ({ direction, chunk }) =>
        chunk.toString() === `cut ${direction}` ? { passing: 0, cut: 'reset' } : undefined,
    })
    const before = await callThrough(it.proxy)
    before.socket.write('cut up')
    await expect(before.fate).resolves.toBe('ECONNRESET')
    expect(it.server.seen.getSnapshot()).toBe('')
    const after = await callThrough(it.proxy)
    after.socket.write('cut down')
    await expect(after.fate).resolves.toBe('ECONNRESET')
    expect(it.server.seen.getSnapshot()).toBe('cut down')
    expect(after.heard.getSnapshot()).toBe('')
  })
})
