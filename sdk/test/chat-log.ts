import type { ClientEventName, MessageRecord } from '@lectern/protocol'
import type { ConnectionState } from '../src/connection/connection-state.ts'
import type { EventAnswer, EventPayload } from '../src/connection/event-types.ts'
import { LecternError } from '../src/errors.ts'
import { Listeners } from '../src/listeners.ts'
import type { Transport } from '../src/ports.ts'
import { Value } from '../src/value.ts'

type Sent = EventPayload<'chat:send_message'>
type Answer = EventAnswer<'chat:send_message'>

/** What comes of one sending: `store` keeps it, or finds what was kept of it before, as the server does. */
export type Answering = (sent: Sent, store: () => Answer) => Answer | Promise<Answer>

/** What the server promises of sending, in memory: one stored message for each `client_id`, in the order stored. */
export class ChatLog {
  readonly stored = new Value<readonly MessageRecord[]>([])
  /** Every try, by the tab that made it. */
  readonly tries = new Value<readonly { readonly tab: string; readonly sent: Sent }[]>([])
  answering: Answering = (_sent, store) => store()

  /** The texts of a course, in the order stored. */
  texts(courseId: string): string[] {
    return this.stored.getSnapshot().flatMap((record) => (record.course_id === courseId ? [record.message] : []))
  }

  async receive(tab: string, sent: Sent): Promise<Answer> {
    this.tries.set([...this.tries.getSnapshot(), { tab, sent }])
    return this.answering(sent, () => this.#store(sent))
  }

  #store(sent: Sent): Answer {
    const stored = this.stored.getSnapshot()
    const known = stored.find((record) => record.client_id === sent.client_id)
    if (known !== undefined) return known
    const record = recordOf(sent, stored.length + 1)
    this.stored.set([...stored, record])
    return record
  }
}

/** One tab's connection to the log. What is under way when it goes is answered `NETWORK`. */
export class TabTransport implements Transport {
  readonly connection = new Value<ConnectionState>({ status: 'idle' })
  readonly #name: string
  readonly #log: ChatLog
  readonly #online = new Listeners()
  #gone = Promise.withResolvers<never>()

  constructor(name: string, log: ChatLog) {
    this.#name = name
    this.#log = log
    this.#gone.promise.catch(() => undefined)
  }

  goOnline(): void {
    this.#gone = Promise.withResolvers()
    this.#gone.promise.catch(() => undefined)
    this.connection.set({ status: 'online' })
    this.#online.tell()
  }

  goOffline(): void {
    const error = new LecternError('NETWORK', 'Cut.')
    this.connection.set({ status: 'waiting', attempt: 1, retryAt: 0, offline: true, error })
    this.#gone.reject(error)
  }

  async emit<Name extends ClientEventName>(name: Name, payload: EventPayload<Name>): Promise<EventAnswer<Name>> {
    if (this.connection.getSnapshot().status !== 'online') throw new LecternError('NETWORK', 'No connection.')
    if (name !== 'chat:send_message') throw new Error(`The outbox emits no ${name}.`)
    // Of this name, which the compiler does not conclude.
    const answer = this.#log.receive(this.#name, payload as Sent)
    return (await Promise.race([answer, this.#gone.promise])) as EventAnswer<Name>
  }

  on(): () => void {
    return () => undefined
  }

  onOnline(listener: () => void): () => void {
    return this.#online.add(listener)
  }
}

const recordOf = (sent: Sent, seq: number): MessageRecord => ({
  id: `message-${seq}`,
  seq,
  rev: seq,
  course_id: String(sent.course_id),
  user_id: 'lan',
  user_name: 'Lan',
  user_role: 'student',
  message: sent.message,
  message_type: sent.message_type ?? 'text',
  reply_to_id: sent.reply_to_id ?? null,
  reply_to: null,
  file: null,
  client_id: sent.client_id ?? null,
  reactions: [],
  mentions: [],
  pinned_at: null,
  edited_at: null,
  deleted_at: null,
  created_at: '2026-01-01T00:00:00.000Z',
  system: null,
})
