import { createSocket, type RemoteInfo, type Socket } from 'node:dgram'
import { once } from 'node:events'

export interface NarrowLink extends AsyncDisposable {
  readonly port: number
  /** Bits per second in each direction of each client; undefined: as it comes. Counts from now on. */
  setRate(bitsPerSecond: number | undefined): void
  /** Nothing passes until it is taken back: the network is gone. */
  setCut(isCut: boolean): void
  readonly passed: number
  readonly dropped: number
}

/** What a router in front of a slow line keeps, in milliseconds of its rate; what comes beyond is dropped. */
const QUEUE_MS = 300

type Send = () => void

/** One direction of one client: a queue that is emptied at the line's rate, and drops at its end. */
class Lane {
  #bytesPerMs = Number.POSITIVE_INFINITY
  #queued: { readonly size: number; readonly send: Send }[] = []
  #queuedBytes = 0
  #timer: NodeJS.Timeout | undefined
  #freeAt = 0

  setRate(bitsPerSecond: number | undefined): void {
    this.#bytesPerMs = bitsPerSecond === undefined ? Number.POSITIVE_INFINITY : bitsPerSecond / 8000
  }

  /** @returns whether there was room */
  push(size: number, send: Send): boolean {
    if (this.#queuedBytes + size > Math.max(this.#bytesPerMs * QUEUE_MS, 2000)) return false
    this.#queued.push({ size, send })
    this.#queuedBytes += size
    this.#schedule()
    return true
  }

  close(): void {
    clearTimeout(this.#timer)
    this.#queued = []
  }

  #schedule(): void {
    if (this.#timer !== undefined) return
    const wait = this.#freeAt - performance.now()
    if (wait <= 0) this.#drain()
    else this.#timer = setTimeout(() => this.#drain(), wait)
  }

  #drain(): void {
    this.#timer = undefined
    const now = performance.now()
    // A timer that was late gives back what it missed, and no more than a few milliseconds of it.
    this.#freeAt = Math.max(this.#freeAt, now - 5)
    while (this.#queued.length > 0 && this.#freeAt <= now) {
      const next = this.#queued.shift()
      if (next === undefined) break
      this.#queuedBytes -= next.size
      this.#freeAt += next.size / this.#bytesPerMs
      next.send()
    }
    if (this.#queued.length > 0) this.#schedule()
  }
}

interface Client {
  readonly socket: Socket
  readonly up: Lane
  readonly down: Lane
}

/** A UDP line of so many bits a second in front of a server on this machine, such as a TURN server. */
export async function openNarrowLink(serverPort: number): Promise<NarrowLink> {
  const front = createSocket('udp4')
  front.bind(0, '127.0.0.1')
  await once(front, 'listening')
  const clients = new Map<number, Client>()
  let rate: number | undefined
  let isCut = false
  let [passed, dropped] = [0, 0]

  const through = (lane: Lane, size: number, send: Send): void => {
    if (!isCut && lane.push(size, send)) passed++
    else dropped++
  }

  const clientOf = ({ port }: RemoteInfo): Client => {
    const known = clients.get(port)
    if (known !== undefined) return known
    const client: Client = { socket: createSocket('udp4'), up: new Lane(), down: new Lane() }
    client.up.setRate(rate)
    client.down.setRate(rate)
    client.socket.on('message', (bytes) =>
      through(client.down, bytes.length, () => front.send(bytes, port, '127.0.0.1')),
    )
    clients.set(port, client)
    return client
  }

  front.on('message', (bytes, from) => {
    const client = clientOf(from)
    through(client.up, bytes.length, () => client.socket.send(bytes, serverPort, '127.0.0.1'))
  })

  return {
    port: front.address().port,
    get passed() {
      return passed
    },
    get dropped() {
      return dropped
    },
    setRate(bitsPerSecond) {
      rate = bitsPerSecond
      for (const { up, down } of clients.values()) {
        up.setRate(rate)
        down.setRate(rate)
      }
    },
    setCut(cut) {
      isCut = cut
    },
    [Symbol.asyncDispose]: async () => {
      for (const { socket, up, down } of clients.values()) {
        up.close()
        down.close()
        socket.close()
      }
      const closed = once(front, 'close')
      front.close()
      await closed
    },
  }
}
