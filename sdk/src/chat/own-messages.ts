import type { MessageRecord } from '@lectern/protocol'
import type { OutgoingMessage } from '../outbox/outbox-entry.ts'
import { foldMessages } from './fold/messages.ts'
import { foldDiscarded, foldOutbox } from './fold/pending.ts'
import type { RoomContext } from './room-context.ts'

/** Another tab may have taken back what is waited for. */
const LOST_MS = 10_000

/** One's own messages of one course on their way: the outbox's entries, each until its message is in the timeline. */
export class OwnMessages {
  readonly #context: RoomContext
  readonly #stops: (() => void)[] = []
  #stopWaiting: (() => void) | undefined

  constructor(context: RoomContext) {
    this.#context = context
    const { outbox } = context.ports
    this.#stops.push(
      outbox.onSent((message) => this.#sent(message)),
      outbox.entries.subscribe(() => this.#read()),
    )
    this.#read()
  }

  send(content: OutgoingMessage): string {
    const clientId = this.#context.ports.outbox.send(this.#context.courseId, content)
    this.#read()
    return clientId
  }

  retry(clientId: string): void {
    this.#context.ports.outbox.retry(clientId)
  }

  discard(clientId: string): void {
    this.#context.store.update((state) => foldDiscarded(state, new Set([clientId])))
    this.#context.ports.outbox.discard(clientId)
  }

  stop(): void {
    this.#stopWaiting?.()
    for (const stop of this.#stops) stop()
  }

  #read(): void {
    const { courseId, ports, store } = this.#context
    const entries = ports.outbox.entries.getSnapshot().filter((entry) => entry.courseId === courseId)
    store.update((state) => foldOutbox(state, entries))
    if (store.getSnapshot().handedOver.length > 0) this.#waitForMessages()
  }

  #sent(message: MessageRecord): void {
    const { courseId, store } = this.#context
    if (message.course_id === courseId) store.update((state) => foldMessages(state, [message]))
  }

  #waitForMessages(): void {
    const { ports, store } = this.#context
    this.#stopWaiting?.()
    this.#stopWaiting = ports.clock.after(LOST_MS, () => {
      const { handedOver, status } = store.getSnapshot()
      if (status.kind !== 'live') return this.#waitForMessages()
      const clientIds = new Set(handedOver.map((entry) => entry.clientId))
      store.update((state) => foldDiscarded(state, clientIds))
    })
  }
}
