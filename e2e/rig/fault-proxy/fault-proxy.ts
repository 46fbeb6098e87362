import { once } from 'node:events'
import { createServer, type Server, type Socket } from 'node:net'
import type { Readable } from '@lectern/client'
import { Cell } from './cell.ts'
import { Connection } from './connection.ts'
import type { Cut, Direction, Network, Rule } from './faults.ts'
import { seededRandom } from './random.ts'

export interface FaultProxyOptions {
  /** Decides what `cutOne` picks; 1 when left out. */
  readonly seed?: number
  readonly rule?: Rule
}

/** A network between clients and a server, that breaks as it is told to. */
export interface FaultProxy extends AsyncDisposable {
  /** The target's, but through here; the same through `refuse` and `accept`. */
  readonly url: string
  /** The same by its number: many clients in a test's own process then look up no name. */
  readonly numericUrl: string
  /** How many connections are open. */
  readonly open: Readable<number>
  /** How many there have been, the open ones included. */
  readonly made: Readable<number>
  /** @returns how many were cut */
  cutAll(how?: Cut): number
  /** Any one of the open ones, by the seed. @returns its number; undefined where none is open */
  cutOne(how?: Cut): number | undefined
  /**
   * Each open connection is cut once this many more bytes have passed in this direction. With `reset` those that are still
   * on their way may be lost with it, as everywhere; with `end` they arrive.
   */
  cutAfter(direction: Direction, bytes: number, how?: Cut): void
  /** Holds for open and new connections, until the next. */
  setNetwork(network: Network): void
  /** Asked for each chunk of open and new connections, until the next; undefined for none. */
  setRule(rule: Rule | undefined): void
  /** New connections are refused, as where nothing listens; the open ones stay. */
  refuse(): void
  /** New connections are taken again. */
  accept(): Promise<void>
}

const LOOPBACK = '127.0.0.1'

/** @param targetUrl an http origin on this machine's IPv4 loopback */
export async function startFaultProxy(
  targetUrl: string,
  { seed = 1, rule }: FaultProxyOptions = {},
): Promise<FaultProxy> {
  const target = new URL(targetUrl)
  const address = { host: LOOPBACK, port: Number(target.port) }
  const random = seededRandom(seed)
  const network = new Cell<Network>({})
  const open = new Cell(0)
  const made = new Cell(0)
  const connections = new Set<Connection>()
  let judge = rule

  const take = (client: Socket) => {
    made.set(made.getSnapshot() + 1)
    const number = made.getSnapshot()
    const connection = new Connection({ number, client, target: address, network, rule: (passage) => judge?.(passage) })
    connections.add(connection)
    open.set(connections.size)
    void connection.ended.then(() => {
      connections.delete(connection)
      open.set(connections.size)
    })
  }
  let listener = await listen(take, 0)
  const port = portOf(listener)

  return {
    url: `http://${target.hostname}:${port}`,
    numericUrl: `http://${LOOPBACK}:${port}`,
    open,
    made,
    cutAll(how = 'reset') {
      const cut = [...connections]
      for (const connection of cut) connection.cut(how)
      return cut.length
    },
    cutOne(how = 'reset') {
      const candidates = [...connections]
      const picked = candidates[Math.floor(random() * candidates.length)]
      picked?.cut(how)
      return picked?.number
    },
    cutAfter(direction, bytes, how = 'reset') {
      for (const connection of connections) connection.cutAfter(direction, bytes, how)
    },
    setNetwork: (next) => network.set(next),
    setRule(next) {
      judge = next
    },
    refuse: () => void listener.close(),
    async accept() {
      if (!listener.listening) listener = await listen(take, port)
    },
    async [Symbol.asyncDispose]() {
      listener.close()
      for (const connection of connections) connection.destroy()
      await Promise.all([...connections].map((connection) => connection.ended))
    },
  }
}

function portOf(listener: Server): number {
  const address = listener.address()
  if (typeof address !== 'object' || address === null) throw new Error('The proxy listens on no port.')
  return address.port
}

async function listen(take: (client: Socket) => void, port: number): Promise<Server> {
  // A client that has said its last may still be told something: its end is passed on like all else.
  const server = createServer({ allowHalfOpen: true, noDelay: true }, take)
  server.listen(port, LOOPBACK)
  await once(server, 'listening')
  return server
}
