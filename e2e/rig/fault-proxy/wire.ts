import { once } from 'node:events'
import type { Socket } from 'node:net'
import type { Readable } from '@lectern/client'
import type { Cut, Network, Verdict } from './faults.ts'

/** Bytes held back on the way; the sender is told to wait beyond it. */
const HELD_BYTES = 1_048_576

interface Held {
  readonly chunk: Buffer
  readonly dueAt: number
}

export interface WirePorts {
  readonly from: Socket
  readonly to: Socket
  readonly network: Readable<Network>
  readonly judge: (chunk: Buffer) => Verdict
  readonly cut: (how: Cut) => void
  /** Ends with the connection. */
  readonly signal: AbortSignal
}

const passed = (ms: number): Promise<void> => {
  const { promise, resolve } = Promise.withResolvers<void>()
  setTimeout(resolve, ms)
  return promise
}

/** One direction of one connection: what goes in at `from` comes out at `to`, in order, as the network lets it. */
export class Wire {
  readonly #ports: WirePorts
  readonly #held: Held[] = []
  #heldBytes = 0
  #wake = Promise.withResolvers<void>()

  constructor(ports: WirePorts) {
    this.#ports = ports
    ports.from.on('data', (chunk: Buffer) => this.#hold(chunk)).once('end', () => this.#hold(Buffer.alloc(0)))
    ports.signal.addEventListener('abort', () => this.#wake.resolve(), { once: true })
    void this.#carry()
  }

  /** An empty chunk is the end of the stream. */
  #hold(chunk: Buffer): void {
    const { from, network } = this.#ports
    this.#held.push({ chunk, dueAt: performance.now() + (network.getSnapshot().delayMs ?? 0) })
    this.#heldBytes += chunk.length
    if (this.#heldBytes > HELD_BYTES) from.pause()
    this.#wake.resolve()
  }

  async #carry(): Promise<void> {
    const { signal } = this.#ports
    while (!signal.aborted) {
      const next = this.#held.shift()
      if (next === undefined) {
        this.#wake = Promise.withResolvers()
        await this.#wake.promise
      } else {
        this.#heldBytes -= next.chunk.length
        this.#ports.from.resume()
        await this.#pass(next)
      }
    }
  }

  async #pass({ chunk, dueAt }: Held): Promise<void> {
    const { network, judge, cut, to, signal } = this.#ports
    const early = dueAt - performance.now()
    if (early > 0) await passed(early)
    if (network.getSnapshot().silent) await spoken(network, signal)
    if (signal.aborted) return
    if (chunk.length === 0) return void to.end()
    const verdict = judge(chunk)
    await this.#write(verdict === undefined ? chunk : chunk.subarray(0, verdict.passing))
    if (verdict !== undefined) cut(verdict.cut)
  }

  async #write(chunk: Buffer): Promise<void> {
    const { network, to, signal } = this.#ports
    const { bytesPerSecond } = network.getSnapshot()
    if (bytesPerSecond !== undefined) await passed((chunk.length / bytesPerSecond) * 1000)
    if (signal.aborted || chunk.length === 0) return
    if (!to.write(chunk)) await once(to, 'drain', { signal }).catch(() => undefined)
  }
}

/** Resolves once the network is no longer silent, or the connection has ended. */
async function spoken(network: Readable<Network>, signal: AbortSignal): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>()
  const stop = network.subscribe(() => {
    if (!network.getSnapshot().silent) resolve()
  })
  signal.addEventListener('abort', () => resolve(), { once: true })
  await promise
  stop()
}
