import type { JoinAnswer, MessageRecord } from '@lectern/protocol'
import type { CourseRoom } from '../client.types.ts'
import { LecternError } from '../errors.ts'
import type { OutgoingMessage } from '../outbox/outbox-entry.ts'
import type { RoomsPorts } from '../ports.ts'
import { CatchUp } from './catch-up.ts'
import { ChangeFeed } from './change-feed.ts'
import { foldDisconnected, foldJoined, foldRefused, foldStatus } from './fold/joining.ts'
import { foldMessages, foldOwnDeletion } from './fold/messages.ts'
import { foldUser } from './fold/unread.ts'
import type { FoldedRoom } from './folded-room.ts'
import { Joining } from './joining.ts'
import { OwnMessages } from './own-messages.ts'
import { PageLoader } from './page-loader.ts'
import { askPersistently } from './persistence.ts'
import { ReadMarks } from './read-marks.ts'
import { RolesAsking } from './roles-asking.ts'
import { entered, isOnline, type RoomContext } from './room-context.ts'
import { listenToRoom } from './room-events.ts'
import type { RoomState } from './room-state.ts'
import { RoomStore } from './room-store.ts'
import { TypingSignal } from './typing-signal.ts'
import { UnreadAsking } from './unread-asking.ts'

export interface LiveRoomOptions {
  readonly ports: RoomsPorts
  /** As the room begins: new, or as it was left. */
  readonly state: FoldedRoom
  readonly userId: Promise<string>
  /** One who was given the room has disposed of it. */
  readonly disposed: () => void
}

/** One course's room, joined on every connection until it is ended. */
export class LiveRoom implements CourseRoom {
  readonly courseId: string
  readonly getSnapshot: () => RoomState
  readonly subscribe: (listener: () => void) => () => void
  readonly #context: RoomContext
  readonly #disposed: () => void
  readonly #ending = new AbortController()
  readonly #feed: ChangeFeed
  readonly #joining: Joining
  readonly #catchUp: CatchUp
  readonly #pages: PageLoader
  readonly #own: OwnMessages
  readonly #marks: ReadMarks
  readonly #unread: UnreadAsking
  readonly #typing: TypingSignal
  readonly #roles: RolesAsking
  readonly #stops: (() => void)[]

  constructor({ ports, state, userId, disposed }: LiveRoomOptions) {
    const { courseId } = state
    const store = new RoomStore(state)
    const context: RoomContext = { courseId, ports, store, signal: this.#ending.signal }
    this.courseId = courseId
    this.#context = context
    this.#disposed = disposed
    this.getSnapshot = store.getSnapshot
    this.subscribe = store.subscribe
    this.#catchUp = new CatchUp(context, () => this.#joining.isIn)
    this.#feed = new ChangeFeed(store, () => this.#catchUp.check())
    this.#joining = new Joining(context, (answer) => this.#joined(answer))
    this.#pages = new PageLoader(context)
    this.#own = new OwnMessages(context)
    this.#marks = new ReadMarks(context)
    this.#unread = new UnreadAsking(context, () => this.#marks.again())
    this.#typing = new TypingSignal(context)
    this.#roles = new RolesAsking(context)
    this.#stops = this.#listen()
    userId.then(
      (id) => store.update((before) => foldUser(before, id)),
      (error: unknown) => {
        if (!(error instanceof LecternError)) throw error
      },
    )
    if (isOnline(context)) this.#joining.start()
  }

  /** All that is known, the folds' own included. */
  get state(): FoldedRoom {
    return this.#context.store.getSnapshot()
  }

  /** Whether what is unread is known here, and is as of now. */
  get isCounting(): boolean {
    const { isMarkFresh, status, userId } = this.state
    return status.kind === 'live' && isMarkFresh && userId !== undefined
  }

  load(fromSeq: number, toSeq: number): Promise<void> {
    return this.#pages.load(fromSeq, toSeq)
  }

  async locate(messageId: string): Promise<MessageRecord> {
    const { ports, signal } = this.#context
    await entered(this.#context)
    const known = this.state.timeline.find(messageId)
    if (known !== undefined) return known
    const found = await askPersistently(ports, signal, () =>
      this.#folding(async () => (await ports.api.getMessage({ params: { messageId }, signal })).data),
    )
    if (found.course_id !== this.courseId) throw new LecternError('NOT_FOUND', 'The message is of another course.')
    return found
  }

  send(message: OutgoingMessage): string {
    this.#typing.ended()
    return this.#own.send(message)
  }

  retry(clientId: string): void {
    this.#own.retry(clientId)
  }

  discard(clientId: string): void {
    this.#own.discard(clientId)
  }

  async edit(messageId: string, message: string): Promise<void> {
    await this.#folding(() => this.#transport.emit('chat:edit_message', { message_id: messageId, message }))
  }

  async remove(messageId: string): Promise<void> {
    const { ports, store } = this.#context
    const { generation } = this.state
    const deleted = await this.#transport.emit('chat:delete_message', { message_id: messageId })
    const at = new Date(ports.clock.now()).toISOString()
    store.updateIn(generation, (state) => foldOwnDeletion(state, deleted, at))
  }

  async react(messageId: string, emoji: string): Promise<void> {
    await this.#folding(() => this.#transport.emit('chat:react', { message_id: messageId, emoji }))
  }

  async unreact(messageId: string, emoji: string): Promise<void> {
    await this.#folding(() => this.#transport.emit('chat:unreact', { message_id: messageId, emoji }))
  }

  async pin(messageId: string): Promise<void> {
    const { api } = this.#context.ports
    await this.#folding(async () => (await api.pinMessage({ params: { messageId } })).data)
  }

  async unpin(messageId: string): Promise<void> {
    const { api } = this.#context.ports
    await api.unpinMessage({ params: { messageId } })
    // The answer has no message.
    await this.#folding(async () => (await api.getMessage({ params: { messageId } })).data)
  }

  typing(): void {
    this.#typing.typing()
  }

  stopTyping(): void {
    this.#typing.stop()
  }

  markRead(seq: number): void {
    this.#marks.mark(seq)
  }

  retryJoin(): void {
    const { kind } = this.state.status
    if (kind !== 'gone' && kind !== 'failed') return
    this.#context.store.update((state) => foldStatus(state, { kind: state.epoch === undefined ? 'joining' : 'stale' }))
    if (isOnline(this.#context)) this.#joining.start()
  }

  leave(): void {
    this.#disposed()
  }

  [Symbol.dispose](): void {
    this.leave()
  }

  /**
   * Leaves for good. Resolves when the server knows, or cannot be told.
   * @returns whether it knows
   */
  async end(): Promise<boolean> {
    if (this.#ending.signal.aborted) return true
    this.#marks.flush()
    // Also where the answer to the join has not come: the server would let the person in, and nobody would know.
    const left = isOnline(this.#context) && this.#leave()
    for (const stop of this.#stops) stop()
    this.#disconnected()
    this.#ending.abort(new LecternError('CLOSED', 'The room was left.'))
    return left
  }

  get #transport() {
    return this.#context.ports.transport
  }

  #listen(): (() => void)[] {
    const { store } = this.#context
    return [
      // Where the room is gone too: the course may be restored, the person enrolled again.
      this.#transport.onOnline(() => this.#joining.start()),
      this.#transport.connection.subscribe(() => {
        if (!isOnline(this.#context)) this.#disconnected()
      }),
      listenToRoom(this.#context, {
        feed: this.#feed,
        arrived: () => this.#roles.arrived(),
        removed: () => this.#out(),
      }),
      store.subscribe(() => {
        this.#unread.check()
        this.#marks.resume()
      }),
      () => this.#own.stop(),
    ]
  }

  #joined(answer: JoinAnswer): void {
    const { store } = this.#context
    const { generation } = this.state
    store.update((state) => foldJoined(state, answer))
    this.#feed.release()
    if (this.state.generation !== generation) {
      this.#marks.forget()
      this.#pages.latest().catch((error: unknown) => this.#refused(error))
    }
    this.#catchUp.start()
  }

  #disconnected(): void {
    this.#out()
    this.#context.store.update(foldDisconnected)
  }

  #out(): void {
    this.#joining.stop()
    this.#feed.hold()
    this.#catchUp.stop()
    this.#roles.stop()
    this.#typing.ended()
  }

  #refused(error: unknown): void {
    const { signal, store } = this.#context
    if (signal.aborted) return
    if (!(error instanceof LecternError)) throw error
    store.update((state) => foldRefused(state, error))
  }

  async #leave(): Promise<boolean> {
    try {
      await this.#transport.emit('chat:leave_room', { courseId: this.courseId })
      return true
    } catch (error) {
      if (!(error instanceof LecternError)) throw error
      return !error.shouldRetry()
    }
  }

  /** Folds the message that the server answers, unless the room was loaded anew meanwhile. */
  async #folding(ask: () => Promise<MessageRecord>): Promise<MessageRecord> {
    const { generation } = this.state
    const message = await ask()
    if (message.course_id === this.courseId) {
      this.#context.store.updateIn(generation, (state) => foldMessages(state, [message]))
    }
    return message
  }
}
