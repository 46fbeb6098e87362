import {
  type Ack,
  type DeletedMessage,
  type JoinAnswer,
  joinAnswer,
  type MessageRecord,
  messageRecord,
} from '@lectern/protocol'
import { io, type Socket } from 'socket.io-client'
import { z } from 'zod'

/** A message that was never seen before it was deleted. */
type Tombstone = Pick<MessageRecord, 'id' | 'seq' | 'rev' | 'deleted_at'>
type Folded = MessageRecord | Tombstone

interface Changed {
  readonly id: string
  readonly rev: number
}

const okAck = z.object({ ok: z.literal(true), data: z.unknown() })
const DEADLINE_MS = 60_000

/**
 * What a client of the contract does with what it is sent, and nothing more: it folds changes by `rev`,
 * and notes each breach of the order that the contract promises to one connection.
 */
export class FoldingClient {
  readonly userId: string
  readonly socket: Socket
  readonly breaches: string[] = []
  readonly state = new Map<string, Folded>()
  #courseId = ''
  #reached = 0
  #epoch: string | undefined
  #lastOnConnection = 0
  #joining = false
  readonly #waiting = new Set<() => void>()

  constructor(url: string, userId: string, token: string) {
    this.userId = userId
    this.socket = io(url, { auth: { token }, transports: ['websocket'], forceNew: true, reconnection: false })
    this.socket.on('chat:new_message', (message: MessageRecord) => this.#onMessage(message, true))
    this.socket.on('chat:message_updated', (message: MessageRecord) => this.#onMessage(message, false))
    this.socket.on('chat:message_deleted', (deleted: DeletedMessage & { deleted_at: string }) =>
      this.#onDeleted(deleted),
    )
  }

  get reached(): number {
    return this.#reached
  }

  async connected(): Promise<void> {
    if (!this.socket.connected) await once(this.socket, 'connect')
  }

  enter(courseId: string): void {
    this.#courseId = courseId
    this.#reached = 0
    this.#epoch = undefined
    this.state.clear()
    this.#lastOnConnection = 0
    this.breaches.length = 0
  }

  /** Joins as a client that knows where it was. `isIn`: then what was sent before the join may arrive after it was asked for. */
  async join({ isIn = false } = {}): Promise<void> {
    this.#joining = !isIn
    const sinceRev = this.#reached
    const request = { courseId: this.#courseId, sinceRev, ...(this.#epoch === undefined ? {} : { epoch: this.#epoch }) }
    const answer = await this.emit('chat:join_room', request, (data) => this.#onJoined(joinAnswer.parse(data)))
    if (!answer.ok) this.breaches.push(`join failed: ${answer.error.code}`)
  }

  async leave(): Promise<void> {
    await this.emit('chat:leave_room', { courseId: this.#courseId })
  }

  /** Breaks the connection as a lost network does, and comes back. */
  async drop(): Promise<void> {
    const gone = once(this.socket, 'disconnect')
    this.socket.io.engine.close()
    await gone
    this.#lastOnConnection = 0
    const back = once(this.socket, 'connect')
    this.socket.connect()
    await back
  }

  /** `take` runs in the turn in which the ack arrives, before any event after it. */
  async emit(event: string, payload: unknown, take?: (data: unknown) => void): Promise<Ack<unknown>> {
    const { promise, resolve, reject } = Promise.withResolvers<Ack<unknown>>()
    this.socket.timeout(DEADLINE_MS).emit(event, payload, (error: Error | null, answer: Ack<unknown>) => {
      if (error !== null) return reject(new Error(`${this.userId}: no ack to ${event}`))
      if (okAck.safeParse(answer).success && take !== undefined && answer.ok) take(answer.data)
      resolve(answer)
    })
    return promise
  }

  /** Resolves when everything up to `rev` has come. */
  async until(rev: number): Promise<void> {
    const { promise, resolve, reject } = Promise.withResolvers<void>()
    const timer = setTimeout(
      () => reject(new Error(`${this.userId} reached rev ${this.#reached} of ${rev} and no more`)),
      DEADLINE_MS,
    )
    const check = (): void => {
      if (this.#reached >= rev) resolve()
    }
    this.#waiting.add(check)
    check()
    try {
      await promise
    } finally {
      clearTimeout(timer)
      this.#waiting.delete(check)
    }
  }

  close(): void {
    this.socket.disconnect()
  }

  #onJoined(answer: JoinAnswer): void {
    this.#joining = false
    if (answer.reset) this.breaches.push('reset without a restore')
    if (answer.more) this.breaches.push('more than 500 changes in a short run')
    this.#epoch = answer.epoch
    for (const message of answer.changes) this.#fold(message)
    if (this.#lastOnConnection > answer.lastRev) this.breaches.push('the ack is behind what was sent before it')
    this.#lastOnConnection = answer.lastRev
    this.#advance(answer.lastRev)
  }

  #onMessage(message: MessageRecord, isNew: boolean): void {
    if (message.course_id !== this.#courseId) return
    const parsed = messageRecord.safeParse(message)
    if (!parsed.success) this.breaches.push(`not of its schema: ${parsed.error.message}`)
    if (message.client_id !== null && message.user_id !== this.userId) this.breaches.push("another's client_id")
    if (!isNew && !this.state.has(message.id)) this.breaches.push(`an update of ${message.id}, which never came`)
    this.#inOrder(message)
    this.#fold(message)
    this.#advance(message.rev)
  }

  #onDeleted(deleted: DeletedMessage & { deleted_at: string }): void {
    if (deleted.course_id !== this.#courseId) return
    this.#inOrder(deleted)
    const { id, seq, rev, deleted_at } = deleted
    this.#fold({ id, seq, rev, deleted_at })
    this.#advance(rev)
  }

  #inOrder({ id, rev }: Changed): void {
    if (this.#joining) this.breaches.push(`rev ${rev} came between a join and its ack`)
    if (rev <= this.#lastOnConnection) this.breaches.push(`rev ${rev} of ${id} after ${this.#lastOnConnection}`)
    this.#lastOnConnection = rev
  }

  #fold(message: Folded): void {
    const before = this.state.get(message.id)
    if (before === undefined || before.rev < message.rev) this.state.set(message.id, message)
  }

  #advance(rev: number): void {
    this.#reached = Math.max(this.#reached, rev)
    for (const check of this.#waiting) check()
  }
}

async function once(socket: Socket, event: 'connect' | 'disconnect'): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>()
  const refused = (error: Error): void => reject(error)
  socket.once(event, () => resolve())
  socket.once('connect_error', refused)
  try {
    await promise
  } finally {
    socket.off('connect_error', refused)
  }
}
