import { once } from 'node:events'
import { createServer, type Server as HttpServer } from 'node:http'
import type { Socket as NetSocket } from 'node:net'
import { Server, type Socket } from 'socket.io'
import { type Socket as ClientSocket, io as ioClient } from 'socket.io-client'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { WebSocket } from 'ws'
import { frameOf, openByHand } from '../../test/harness/web-socket-by-hand.ts'
import { Broadcast } from './broadcast.ts'
import { CorkedWebSocketServer, textFrame, wireOf } from './corked-transport.ts'

let http: HttpServer
let io: Server
let url: string
let port: number
const clients: ClientSocket[] = []
/** The servers' ends of the TCP connections, and how often each was written to. */
const writes = new Map<NetSocket, number>()

beforeEach(async () => {
  http = createServer()
  http.on('connection', countWrites)
  io = new Server(http, { perMessageDeflate: false, wsEngine: CorkedWebSocketServer })
  http.listen(0, '127.0.0.1')
  await once(http, 'listening')
  const address = http.address()
  port = typeof address === 'object' && address !== null ? address.port : 0
  url = `http://127.0.0.1:${port}`
})

afterEach(async () => {
  for (const client of clients.splice(0)) client.disconnect()
  await io.close()
  writes.clear()
})

function countWrites(socket: NetSocket): void {
  const write: unknown = socket.write
  writes.set(socket, 0)
  Reflect.set(socket, 'write', (...args: unknown[]) => {
    writes.set(socket, (writes.get(socket) ?? 0) + 1)
    return typeof write === 'function' && Reflect.apply(write, socket, args)
  })
}

/** @returns both ends of a connection */
async function join(transports: ('polling' | 'websocket')[] = ['websocket']): Promise<[Socket, ClientSocket]> {
  const met = once(io, 'connection')
  const client = ioClient(url, { transports, reconnection: false, forceNew: true })
  clients.push(client)
  const [socket] = await met
  return [socket, client]
}

/** Each number that a client hears, until `last`. */
function heard(client: ClientSocket, last: number): Promise<number[]> {
  const numbers: number[] = []
  return new Promise((resolve) => {
    client.onAny((_event: string, number: number) => {
      numbers.push(number)
      if (number === last) resolve(numbers)
    })
  })
}

const upTo = (count: number): number[] => Array.from({ length: count }, (_, index) => index)

/** A broadcast the short way, as a course's room sends it. */
function sendShort({ conn }: Socket, broadcast: Broadcast): void {
  const wire = wireOf(conn.transport)
  if (wire === undefined) conn.write(broadcast.packet)
  else wire.send(broadcast.frame)
}

/** By turns what Socket.IO sends to one, to a room, and the short way, each number once. */
function sendNumbers(socket: Socket, count: number): void {
  void socket.join('room')
  for (const number of upTo(count)) {
    if (number % 3 === 0) socket.emit('one', number)
    else if (number % 3 === 1) io.to('room').emit('all', number)
    else sendShort(socket, new Broadcast('short', number))
  }
}

describe('frames of one turn of the event loop', () => {
  it('leave in one write of the socket, whichever way they were sent: if not, Engine.IO or ws has changed underneath', async () => {
    const [socket, client] = await join()
    const numbers = heard(client, 299)
    const before = [...writes.values()][0] ?? 0
    sendNumbers(socket, 300)
    expect(await numbers).toEqual(upTo(300))
    expect([...writes.values()][0]).toBe(before + 1)
  })

  it('arrive in the order in which they were sent, on every transport', async () => {
    for (const transports of [['websocket'], ['polling'], ['polling', 'websocket']] as const) {
      const [socket, client] = await join([...transports])
      const numbers = heard(client, 599)
      sendNumbers(socket, 600)
      expect(await numbers).toEqual(upTo(600))
    }
  })

  it('lose and repeat nothing while a client goes from polling to WebSocket', async () => {
    const [socket, client] = await join(['polling', 'websocket'])
    const numbers = heard(client, 1_999)
    let upgraded = false
    socket.conn.once('upgrade', () => {
      upgraded = true
    })
    let next = 0
    await new Promise<void>((resolve) => {
      const some = (): void => {
        for (let sent = 0; sent < 10 && next < 1_999; sent++) sendShort(socket, new Broadcast('short', next++))
        if (next < 1_990 || !upgraded) setImmediate(some)
        else resolve()
      }
      some()
    })
    for (; next < 2_000; next++) sendShort(socket, new Broadcast('short', next))
    expect(await numbers).toEqual(upTo(2_000))
  })
})

describe('nothing is held back', () => {
  it('when the server ends the connection in the same turn', async () => {
    const [socket, client] = await join()
    const numbers = heard(client, 99)
    sendNumbers(socket, 100)
    socket.disconnect(true)
    expect(await numbers).toEqual(upTo(100))
  })

  it('when the client has ended its half of it', async () => {
    const raw = await openByHand(port, { allowHalfOpen: true })
    const met = once(io, 'connection')
    raw.write(frameOf('40'))
    const [socket]: [Socket] = await met.then(([first]) => [first])
    let received = ''
    raw.on('data', (chunk) => {
      received += chunk
    })
    // In the turn in which the server hears of the end, and before ws answers it with its own.
    for (const connection of writes.keys()) connection.prependOnceListener('end', () => sendNumbers(socket, 100))
    raw.end()
    await once(raw, 'end')
    expect(received).toContain('42["one",99]')
  })

  it('and a frame sent after the close frame is none of this connection any more', async () => {
    const [socket, client] = await join()
    const wire = wireOf(socket.conn.transport)
    const closed = new Promise<string>((resolve) => client.once('disconnect', resolve))
    socket.conn.close()
    wire?.send(textFrame('42["late"]'))
    expect(await closed).toBe('transport close')
  })
})

describe('a client that does not read', () => {
  it('is disconnected with a reason once more than the bound waits for it; what it had been sent still arrives whole', async () => {
    const raw = new WebSocket(`${url.replace('http', 'ws')}/socket.io/?EIO=4&transport=websocket`)
    const met = once(io, 'connection')
    raw.once('message', () => raw.send('40'))
    const [socket]: [Socket] = await met.then(([first]) => [first])
    let exceeded = 0
    wireOf(socket.conn.transport)?.bound(1_000_000, () => exceeded++)
    raw.pause()
    const frame = textFrame(`42["x","${'y'.repeat(100_000)}"]`)
    const wire = wireOf(socket.conn.transport)
    while (exceeded === 0) {
      for (let sent = 0; sent < 5; sent++) wire?.send(frame)
      await new Promise((resolve) => setImmediate(resolve))
    }
    const lengths = new Set<number>()
    raw.on('message', (data) => lengths.add(String(data).length))
    const closed = once(raw, 'close')
    raw.resume()
    const [code, reason] = await closed
    expect([code, String(reason)]).toEqual([1013, 'What is sent is not read fast enough.'])
    expect(exceeded).toBe(1)
    expect([...lengths].filter((length) => length > 1_000)).toEqual([100_010])
  })
})

describe('a frame', () => {
  it.each([0, 1, 125, 126, 65_535, 65_536])('of %i bytes is one that ws reads', async (length) => {
    const [socket, client] = await join()
    const text = 'đ'.repeat(length)
    const arrived = new Promise<string>((resolve) => client.once('text', resolve))
    sendShort(socket, new Broadcast('text', text))
    expect(await arrived).toBe(text)
  })
})
