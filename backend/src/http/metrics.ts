import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client'

/** What the server measures of itself; `text` is what Prometheus reads. */
export interface Metrics {
  httpRequest(request: { method: string; route: string; status: string; seconds: number }): void
  /** One group commit: how many changes it held, and how long until it was on disk. */
  commit(commit: { size: number; ms: number }): void
  /** One event of a socket; `outcome` is `ok` or an error's code. */
  clientEvent(event: { event: string; outcome: string; ms: number }): void
  messageStored(): void
  /** A number that is read whenever Prometheus asks, such as the connections of the moment. */
  gauge(name: string, help: string, read: () => number): void
  readonly contentType: string
  text(): Promise<string>
}

const SECONDS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10]
const BATCH = [1, 2, 5, 10, 20, 50, 100, 200, 512]

const instruments = (registry: Registry) => ({
  http: new Histogram({
    name: 'lectern_http_request_seconds',
    help: 'Time from a request to the end of its answer.',
    labelNames: ['method', 'route', 'status'],
    buckets: SECONDS,
    registers: [registry],
  }),
  commitSize: new Histogram({
    name: 'lectern_commit_changes',
    help: 'Changes that shared one commit.',
    buckets: BATCH,
    registers: [registry],
  }),
  commitTime: new Histogram({
    name: 'lectern_commit_seconds',
    help: 'Time until a commit was on disk.',
    buckets: SECONDS,
    registers: [registry],
  }),
  events: new Histogram({
    name: 'lectern_client_event_seconds',
    help: 'Time from an event of a socket to its ack.',
    labelNames: ['event', 'outcome'],
    buckets: SECONDS,
    registers: [registry],
  }),
  messages: new Counter({
    name: 'lectern_messages_total',
    help: 'Messages stored since the start.',
    registers: [registry],
  }),
})

/** A registry of its own, so that several servers in one process do not add up. Event-loop delay, memory and CPU are always in it. */
export function createMetrics(): Metrics {
  const registry = new Registry()
  collectDefaultMetrics({ register: registry })
  const { http, commitSize, commitTime, events, messages } = instruments(registry)
  return {
    httpRequest: ({ seconds, ...labels }) => http.observe(labels, seconds),
    commit: ({ size, ms }) => {
      commitSize.observe(size)
      commitTime.observe(ms / 1000)
    },
    clientEvent: ({ ms, ...labels }) => events.observe(labels, ms / 1000),
    messageStored: () => messages.inc(),
    gauge: (name, help, read) => {
      new Gauge({
        name,
        help,
        registers: [registry],
        collect() {
          this.set(read())
        },
      })
    },
    contentType: registry.contentType,
    text: () => registry.metrics(),
  }
}
