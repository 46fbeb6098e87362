import type {
  ClientEventName,
  MessageRecord,
  ServerEventName,
  ServerToClientEvents,
  UserRecord,
} from '@lectern/protocol'
import type { ConnectionState } from '../src/connection/connection-state.ts'
import type { EventAnswer, EventPayload } from '../src/connection/event-types.ts'
import { LecternError } from '../src/errors.ts'
import { Listeners } from '../src/listeners.ts'
import type { OutboxEntry } from '../src/outbox/outbox-entry.ts'
import type { Outgoing, RoomsApi, RoomsPorts, Transport } from '../src/ports.ts'
import { Value } from '../src/value.ts'
import { CourseLog, ME } from './course-log.ts'
import { ManualClock } from './manual-clock.ts'

export interface Emitted {
  readonly name: ClientEventName
  readonly payload: Record<string, unknown>
}

/** What answers an event; the join and the mark are answered by the log unless a test says otherwise. */
type Answering = (emitted: Emitted) => unknown

const USER: UserRecord = {
  id: ME,
  realm: 'local',
  name: 'Me',
  email: null,
  role: 'student',
  locale: null,
  disabled: false,
  created_at: '',
}

/** One course's server as a room sees it: a log behind a transport and an API, each answer of which a test may hold up. */
export class RoomServer implements Transport {
  readonly log = new CourseLog()
  readonly clock = new ManualClock()
  readonly connection = new Value<ConnectionState>({ status: 'idle' })
  readonly emitted: Emitted[] = []
  /** The queries of `listMessages`. */
  readonly queries: Record<string, unknown>[] = []
  readonly entries = new Value<readonly OutboxEntry[]>([])
  readonly sent = new Listeners<[MessageRecord]>()
  mark = 0
  answering: Answering = (emitted) => this.answer(emitted)
  /** Before each REST answer. */
  hold: () => Promise<void> = () => Promise.resolve()
  readonly #online = new Listeners()
  readonly #events = new Map<ServerEventName, Listeners<[unknown]>>()

  get ports(): RoomsPorts {
    return {
      transport: this,
      api: this.#api,
      outbox: this.#outbox,
      me: async () => USER,
      clock: this.clock,
      random: () => 0,
    }
  }

  goOnline(): void {
    this.connection.set({ status: 'online' })
    this.#online.tell()
  }

  goOffline(): void {
    const error = new LecternError('NETWORK', 'Cut.')
    this.connection.set({ status: 'waiting', attempt: 1, retryAt: 0, offline: false, error })
  }

  tell<Name extends ServerEventName>(name: Name, payload: Parameters<ServerToClientEvents[Name]>[0]): void {
    this.#events.get(name)?.tell(payload)
  }

  /** Tells of the change that a rev made. */
  tellOf(rev: number): void {
    const { id, course_id, seq, deleted_at, ...message } = this.log.version(rev)
    if (deleted_at !== null)
      this.tell('chat:message_deleted', { id, course_id, seq, rev, deleted_at, deleted_by: 'ann' })
    else this.tell('chat:new_message', { id, course_id, seq, deleted_at, ...message })
  }

  async emit<Name extends ClientEventName>(name: Name, payload: EventPayload<Name>): Promise<EventAnswer<Name>> {
    const emitted = { name, payload: { ...payload } }
    this.emitted.push(emitted)
    // Of this name, which the compiler does not conclude.
    return (await this.answering(emitted)) as EventAnswer<Name>
  }

  answer({ name, payload }: Emitted): unknown {
    if (name === 'chat:join_room') {
      const { sinceRev } = payload
      return this.log.join(typeof sinceRev === 'number' ? sinceRev : undefined)
    }
    if (name !== 'chat:mark_read') return {}
    this.mark = Math.max(this.mark, Number(payload['seq']))
    return this.log.unread(this.mark)
  }

  on<Name extends ServerEventName>(name: Name, listener: ServerToClientEvents[Name]): () => void {
    const listeners = this.#events.get(name) ?? new Listeners<[unknown]>()
    this.#events.set(name, listeners)
    return listeners.add((payload) => listener(payload as never))
  }

  onOnline(listener: () => void): () => void {
    return this.#online.add(listener)
  }

  readonly #outbox: Outgoing = {
    entries: this.entries,
    send: (courseId, content) => {
      const clientId = `c${this.entries.getSnapshot().length + 1}`
      const entry: OutboxEntry = { clientId, courseId, userId: ME, content, createdAt: '', state: { kind: 'waiting' } }
      this.entries.set([...this.entries.getSnapshot(), entry])
      return clientId
    },
    retry: () => undefined,
    discard: (clientId) => this.entries.set(this.entries.getSnapshot().filter((entry) => entry.clientId !== clientId)),
    onSent: (listener) => this.sent.add(listener),
  }

  readonly #api: RoomsApi = {
    listMessages: async (input) => {
      const query: Record<string, unknown> = { ...input.query }
      this.queries.push(query)
      await this.hold()
      const { since_rev: since, after, limit } = query
      const { messages, meta } = since === undefined ? this.#page(after, limit) : this.log.changesSince(Number(since))
      return { data: messages, meta }
    },
    getMessage: async ({ params }) => ({ data: this.#message(params), meta: undefined }),
    pinMessage: async ({ params }) => ({ data: this.#message(params), meta: undefined }),
    unpinMessage: async () => ({ data: undefined, meta: undefined }),
    getUnread: async () => {
      await this.hold()
      return { data: this.log.unread(this.mark), meta: undefined }
    },
    listUnread: async () => ({ data: [this.log.unread(this.mark)], meta: { limit: 100, next_cursor: null } }),
  }

  #page(after: unknown, limit: unknown) {
    const first = typeof after === 'number' ? after + 1 : Math.max(1, this.log.lastSeq - 49)
    return this.log.page(first, first + (typeof limit === 'number' ? limit : 50) - 1)
  }

  #message(params: Record<string, unknown>): MessageRecord {
    const found = this.log.read().find(({ id }) => id === (params['messageId'] ?? params['message_id']))
    if (found === undefined) throw new LecternError('NOT_FOUND', 'No such message.')
    return found
  }
}
