import type { IncomingMessage } from 'node:http'

const deadlines = new WeakMap<IncomingMessage, NodeJS.Timeout>()

/** How long a client that stops sending a body keeps its place. */
const STALL_MS = 120_000
/** How long a client that was refused may go on sending, so that it comes to read why: nginx's `lingering_time`. */
const LINGER_MS = 30_000

/** Breaks the connection of a request whose body has not come whole by then: who sends a byte a minute holds no place for ever. */
export function limitTime(request: IncomingMessage, ms: number): void {
  const deadline = setTimeout(() => {
    if (!request.complete) request.destroy()
  }, ms).unref()
  deadlines.set(request, deadline)
  request.once('close', () => clearTimeout(deadline))
}

/** Half a gigabyte over a slow line takes hours: such a body may, as long as it goes on. */
export function allowSlowBody(request: IncomingMessage, stallMs = STALL_MS): void {
  clearTimeout(deadlines.get(request))
  request.setTimeout(stallMs, () => request.destroy())
  // What is done with it may take longer, without a byte on the wire.
  request.once('end', () => request.socket.setTimeout(0))
}

/** For an answer that goes out while the client still sends: what it sends flows away until it has read it. */
export function drainBody(request: IncomingMessage, lingerMs = LINGER_MS): void {
  if (request.complete || request.destroyed) return
  const cut = setTimeout(() => request.destroy(), lingerMs).unref()
  request.once('close', () => clearTimeout(cut))
  request.resume()
}
