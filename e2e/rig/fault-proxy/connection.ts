import { connect, type Socket } from 'node:net'
import type { Readable } from '@lectern/client'
import type { Cut, Direction, Network, Rule, Verdict } from './faults.ts'
import { Wire } from './wire.ts'

export interface ConnectionPorts {
  /** Counts from 1. */
  readonly number: number
  readonly client: Socket
  readonly target: { readonly host: string; readonly port: number }
  readonly network: Readable<Network>
  readonly rule: Rule
}

interface Quota {
  readonly how: Cut
  left: number
}

/** One client's connection to the server: two sockets that end together. */
export class Connection {
  readonly number: number
  /** Resolves once both sockets are closed. */
  readonly ended: Promise<void>
  readonly #sockets: readonly Socket[]
  readonly #rule: Rule
  readonly #quotas = new Map<Direction, Quota>()
  readonly #over = new AbortController()

  constructor({ number, client, target, network, rule }: ConnectionPorts) {
    const server = connect({ ...target, allowHalfOpen: true, noDelay: true })
    this.number = number
    this.#rule = rule
    this.#sockets = [client, server]
    this.ended = Promise.all(this.#sockets.map((socket) => this.#closed(socket))).then(() => undefined)
    const wire = (direction: Direction, from: Socket, to: Socket) =>
      new Wire({
        from,
        to,
        network,
        judge: (chunk) => this.#judge(direction, chunk),
        cut: (how) => this.cut(how),
        signal: this.#over.signal,
      })
    wire('up', client, server)
    wire('down', server, client)
  }

  cut(how: Cut): void {
    this.#over.abort()
    for (const socket of this.#sockets) {
      if (how === 'reset') socket.resetAndDestroy()
      else socket.destroySoon()
    }
  }

  /** At once, whatever it waits for: a reset waits for a connection that is being made. */
  destroy(): void {
    this.#over.abort()
    for (const socket of this.#sockets) socket.destroy()
  }

  cutAfter(direction: Direction, bytes: number, how: Cut): void {
    this.#quotas.set(direction, { left: bytes, how })
  }

  /** What breaks one side breaks the other: there is nobody left to talk to. */
  #closed(socket: Socket): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>()
    socket.once('error', () => this.cut('reset'))
    socket.once('close', () => resolve())
    return promise
  }

  #judge(direction: Direction, chunk: Buffer): Verdict {
    const quota = this.#quotas.get(direction)
    if (quota !== undefined) {
      if (chunk.length >= quota.left) return { passing: quota.left, cut: quota.how }
      quota.left -= chunk.length
    }
    return this.#rule({ connection: this.number, direction, chunk })
  }
}
