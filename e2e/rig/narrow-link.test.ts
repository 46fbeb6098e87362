import { createSocket } from 'node:dgram'
import { once } from 'node:events'
import { expect, it } from 'vitest'
import { type NarrowLink, openNarrowLink } from './narrow-link.ts'

/** Sends back what it gets. */
async function echo() {
  const socket = createSocket('udp4').bind(0, '127.0.0.1')
  await once(socket, 'listening')
  socket.on('message', (bytes, { port }) => socket.send(bytes, port, '127.0.0.1'))
  return { port: socket.address().port, [Symbol.dispose]: () => socket.close() }
}

const PACKETS = 50

/** Resolves when each packet came back or was dropped. */
async function send(link: NarrowLink): Promise<{ received: number; ms: number }> {
  const socket = createSocket('udp4')
  const begun = performance.now()
  const { promise, resolve } = Promise.withResolvers<number>()
  let received = 0
  socket.on('message', () => {
    received++
    if (received + link.dropped === PACKETS) resolve(performance.now() - begun)
  })
  for (let sent = 0; sent < PACKETS; sent++) socket.send(Buffer.alloc(1000), link.port, '127.0.0.1')
  const ms = await promise
  socket.close()
  return { received, ms }
}

it('a line without a rate passes all', async () => {
  using server = await echo()
  await using link = await openNarrowLink(server.port)
  expect(await send(link)).toMatchObject({ received: PACKETS })
})

it('a line with a rate passes no more than that, and drops what its queue does not hold', async () => {
  using server = await echo()
  await using link = await openNarrowLink(server.port)
  link.setRate(300_000)
  const { received, ms } = await send(link)
  expect(link.dropped).toBeGreaterThan(0)
  // Each packet goes through both directions, which are 27 ms apart at least but for the first.
  expect((received - 2) * 8000).toBeLessThan(300 * ms)
})
