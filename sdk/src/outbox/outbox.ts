import type { MessageRecord } from '@lectern/protocol'
import { LecternError } from '../errors.ts'
import { Listeners } from '../listeners.ts'
import type { OutboxPorts, Outgoing } from '../ports.ts'
import type { Readable } from '../readable.ts'
import { createClientId } from './client-id.ts'
import { defaultStore } from './default-store.ts'
import type { OutboxEntry, OutgoingMessage } from './outbox-entry.ts'
import type { OutboxStore } from './outbox-store.ts'
import { Sender } from './sender.ts'
import { Shelf } from './shelf.ts'

/** Until it is asked again who is signed in, where that failed. */
const ASK_AGAIN_MS = 2_000

/** Messages on their way: kept before they are sent, sent until the server has acked them. */
export class Outbox implements Outgoing {
  readonly #ports: OutboxPorts
  readonly #store: OutboxStore
  readonly #shelf: Shelf
  readonly #owner = Promise.withResolvers<string>()
  readonly #sent = new Listeners<[MessageRecord]>()
  readonly #over = new AbortController()
  readonly #stops: readonly (() => void)[]
  #sender: Sender | undefined
  #isAsking = false

  constructor(ports: OutboxPorts) {
    this.#ports = ports
    this.#store = ports.store ?? defaultStore()
    this.#shelf = new Shelf(this.#store, this.#owner.promise)
    this.#stops = [
      this.#store.onChange(() => this.#wakeAfter(this.#shelf.refresh())),
      ports.transport.onOnline(() => this.#online()),
      ports.transport.connection.subscribe(() => this.#connecting()),
    ]
    if (ports.transport.connection.getSnapshot().status === 'online') this.#online()
  }

  get entries(): Readable<readonly OutboxEntry[]> {
    return this.#shelf
  }

  send(courseId: string, content: OutgoingMessage, clientId = createClientId()): string {
    const createdAt = new Date(this.#ports.clock.now()).toISOString()
    this.#wakeAfter(this.#shelf.add({ clientId, courseId, content, createdAt }))
    this.#askWhoseItIs()
    return clientId
  }

  retry(clientId: string): void {
    const entry = this.#shelf.getSnapshot().find((candidate) => candidate.clientId === clientId)
    if (entry?.state.kind === 'failed') this.#wakeAfter(this.#shelf.requeue(clientId))
  }

  /**
   * It is not sent again. What is being sent may have reached the server by then: it then comes back as a message like
   * any other, and can be deleted like any other.
   */
  discard(clientId: string): void {
    void this.#shelf.remove(clientId)
  }

  onSent(listener: (message: MessageRecord) => void): () => void {
    return this.#sent.add(listener)
  }

  /** What is unsent stays in the store. */
  close(): void {
    if (this.#over.signal.aborted) return
    this.#over.abort()
    for (const stop of this.#stops) stop()
    this.#sent.clear()
    void this.#closeStore()
  }

  async #closeStore(): Promise<void> {
    if (this.#sender !== undefined) {
      await this.#sender.stop()
      await this.#shelf.settled()
    }
    this.#store.close()
  }

  #wakeAfter(stored: Promise<void>): void {
    void stored.then(() => this.#sender?.wake())
  }

  /** What an earlier page left is to be seen before there is a connection. */
  #connecting(): void {
    if (this.#ports.transport.connection.getSnapshot().status === 'connecting') this.#askWhoseItIs()
  }

  #online(): void {
    this.#sender?.wake({ newConnection: true })
    this.#askWhoseItIs()
  }

  #askWhoseItIs(): void {
    if (this.#isAsking || this.#sender !== undefined || this.#over.signal.aborted) return
    this.#isAsking = true
    void this.#ports.userId().then(
      (userId) => this.#own(userId),
      (error: unknown) => this.#notTold(error),
    )
  }

  #own(userId: string): void {
    this.#isAsking = false
    if (this.#over.signal.aborted) return
    this.#sender = new Sender({
      ...this.#ports,
      userId,
      shelf: this.#shelf,
      store: this.#store,
      sent: (message) => this.#sent.tell(message),
    })
    this.#owner.resolve(userId)
    this.#wakeAfter(this.#shelf.refresh())
  }

  /** While there is a connection it is asked again; else by the next one, or for the next message. */
  #notTold(error: unknown): void {
    this.#isAsking = false
    const { clock, transport, random } = this.#ports
    const isOnline = transport.connection.getSnapshot().status === 'online'
    if (!isOnline || !(error instanceof LecternError) || !error.shouldRetry()) return
    const afterMs = (error.retryAfterMs ?? 0) + ASK_AGAIN_MS * (1 + random())
    const callOff = clock.after(afterMs, () => this.#askWhoseItIs())
    this.#over.signal.addEventListener('abort', callOff, { once: true })
  }
}
