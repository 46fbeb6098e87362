import type { MessageRecord } from '@lectern/protocol'
import type { Clock } from '../clock.ts'
import type { Transport } from '../ports.ts'
import type { OutboxEntry } from './outbox-entry.ts'
import type { OutboxStore } from './outbox-store.ts'
import { sendPayload } from './send-payload.ts'
import type { Shelf } from './shelf.ts'
import { asLecternError, type Tries, verdictOf } from './verdict.ts'

export interface SenderPorts {
  readonly userId: string
  readonly shelf: Shelf
  readonly store: Pick<OutboxStore, 'alone'>
  readonly transport: Transport
  readonly clock: Clock
  readonly random: () => number
  /** Told of each message that the server acked, before its entry is taken off the shelf. */
  readonly sent: (message: MessageRecord) => void
}

/**
 * Sends what is on the shelf, whichever tab put it there, while no other tab does: a course's messages one at a time and
 * in order, courses side by side. It lets go of its turn when all is sent or the connection is gone, so that a tab that
 * has one can go on.
 */
export class Sender {
  readonly #ports: SenderPorts
  readonly #over = new AbortController()
  readonly #courses = new Map<string, Promise<void>>()
  readonly #tries = new Map<string, Tries>()
  #turn: 'none' | 'awaited' | 'taken' | 'ending' = 'none'
  #turnOver: Promise<void> = Promise.resolve()
  /** Whether this connection's person is known to the server, as far as one heard. */
  #isWelcome = true

  constructor(ports: SenderPorts) {
    this.#ports = ports
  }

  /** There may be something to send, or a new connection to send it by. */
  wake({ newConnection = false } = {}): void {
    if (newConnection) this.#isWelcome = true
    if (this.#turn === 'taken') this.#startCourses()
    else if (this.#turn === 'none' && this.#hasWork()) this.#turnOver = this.#takeTurn()
  }

  /** Resolves once it no longer touches the shelf; it waits for what is being sent to be acked, or the connection to end. */
  async stop(): Promise<void> {
    this.#over.abort()
    await this.#turnOver
  }

  async #takeTurn(): Promise<void> {
    const { store, userId } = this.#ports
    this.#turn = 'awaited'
    await store.alone(userId, this.#over.signal, () => this.#sendAll())
    this.#turn = 'none'
    this.wake()
  }

  async #sendAll(): Promise<void> {
    const { shelf } = this.#ports
    await shelf.refresh()
    this.#turn = 'taken'
    this.#startCourses()
    // What another tab is to find, once it is its turn, is stored by then.
    for (; this.#courses.size > 0; await shelf.settled()) await Promise.race(this.#courses.values())
    this.#turn = 'ending'
  }

  #startCourses(): void {
    if (!this.#canSend()) return
    for (const entry of this.#ports.shelf.stored()) {
      const { courseId } = entry
      if (!isUnsent(entry) || this.#courses.has(courseId)) continue
      this.#courses.set(
        courseId,
        this.#sendCourse(courseId).finally(() => this.#courses.delete(courseId)),
      )
    }
  }

  async #sendCourse(courseId: string): Promise<void> {
    while (this.#canSend()) {
      const first = this.#ports.shelf.stored().find((entry) => entry.courseId === courseId && isUnsent(entry))
      if (first === undefined) return
      await this.#send(first)
    }
  }

  async #send(entry: OutboxEntry): Promise<void> {
    const { shelf, transport, sent } = this.#ports
    const { clientId } = entry
    void shelf.setState(clientId, { kind: 'sending' })
    try {
      const message = await transport.emit('chat:send_message', sendPayload(entry))
      this.#tries.delete(clientId)
      sent(message)
      void shelf.remove(clientId)
    } catch (error) {
      await this.#failed(clientId, error)
    }
  }

  async #failed(clientId: string, error: unknown): Promise<void> {
    const { shelf, random } = this.#ports
    const verdict = verdictOf(error, this.#tried(clientId, error), random)
    if (verdict.kind === 'failed') {
      this.#tries.delete(clientId)
      return void shelf.setState(clientId, verdict.state)
    }
    void shelf.setState(clientId, { kind: 'waiting' })
    if (verdict.kind === 'again') await this.#pause(verdict.afterMs)
    else this.#isWelcome = false
  }

  #tried(clientId: string, error: unknown): Tries {
    const before = this.#tries.get(clientId) ?? { all: 0, internal: 0 }
    const isInternal = asLecternError(error).code === 'INTERNAL'
    const tries = { all: before.all + 1, internal: before.internal + (isInternal ? 1 : 0) }
    this.#tries.set(clientId, tries)
    return tries
  }

  /** Over early when there is no longer a connection to wait with. */
  async #pause(ms: number): Promise<void> {
    const { clock, transport } = this.#ports
    const { promise, resolve } = Promise.withResolvers<void>()
    const callOff = clock.after(ms, resolve)
    const look = () => {
      if (!this.#canSend()) resolve()
    }
    const stopLooking = transport.connection.subscribe(look)
    this.#over.signal.addEventListener('abort', look, { once: true })
    look()
    await promise
    callOff()
    stopLooking()
    this.#over.signal.removeEventListener('abort', look)
  }

  #canSend(): boolean {
    const isOnline = this.#ports.transport.connection.getSnapshot().status === 'online'
    return isOnline && this.#isWelcome && !this.#over.signal.aborted
  }

  /** What another tab is sending counts: should that tab die, it is this one's. */
  #hasWork(): boolean {
    return this.#canSend() && this.#ports.shelf.stored().some(isUnsent)
  }
}

/** What says that it is being sent may have been left so by a tab that is gone: whoever has the turn sends it. */
const isUnsent = ({ state }: OutboxEntry): boolean => state.kind !== 'failed'
