import type { DeletedMessage, Mention, MessageRecord, SentType, SystemContent, UnreadRecord } from '@lectern/protocol'
import { type CourseAccess, isStaff, type UserActor } from '../../access/actor.ts'
import type { Clock } from '../../shared/clock.ts'
import { AppError, forbidden, invalid, notFound } from '../../shared/errors.ts'
import { newId } from '../../shared/ids.ts'
import type { Change, NewMessage, StoredMessage } from './chat.records.types.ts'
import type { ChatRepository } from './chat.repository.store.ts'
import type { ChangeLimit, ChangePublisher, CourseAccessPort, FilePort, Receipt } from './chat.types.ts'
import { toMessage } from './message-record.ts'

export interface ChatServicePorts {
  readonly repository: ChatRepository
  readonly access: CourseAccessPort
  readonly publisher: ChangePublisher
  readonly limit: ChangeLimit
  readonly files: FilePort
  readonly clock: Clock
}

export interface SendInput {
  readonly courseId: string
  readonly message: string
  readonly messageType: SentType
  readonly replyToId?: string | undefined
  readonly fileId?: string | undefined
  readonly clientId?: string | undefined
  readonly mentions: readonly string[]
}

export interface Sent {
  readonly message: MessageRecord
  /** The `client_id` was here before: nothing was stored now. */
  readonly repeated: boolean
}

/** A send that may go on, or is one that was stored before. */
type Admission = { readonly mentions: Mention[] } | { readonly repeated: StoredMessage }

const EVERYBODY = 'all'

/**
 * What may be changed in a course's chat, and by whom. Each change: may they → the log → on disk → published, in this
 * order, whether it came by socket or by REST. A method resolves when the change has its place among the commits.
 */
export class ChatService {
  readonly #ports: ChatServicePorts

  constructor(ports: ChatServicePorts) {
    this.#ports = ports
  }

  /**
   * @throws AppError `NOT_FOUND` for a stranger, for a `replyToId` that is not of the course and for a
   * `fileId` that one may not read, `FORBIDDEN` for what staff alone may send and a file that one may not show,
   * `VALIDATION_FAILED` for a mention of somebody not enrolled, `RATE_LIMITED`
   */
  async send(actor: UserActor, input: SendInput): Promise<Receipt<Sent>> {
    const access = await this.#ports.access.accessTo(actor, input.courseId)
    const admission = await this.#admit(actor, access, input)
    if ('repeated' in admission) {
      return { stored: Promise.resolve({ message: this.#toOwn(admission.repeated, actor), repeated: true }) }
    }
    const change = this.#ports.repository.append({
      id: newId(),
      courseId: input.courseId,
      author: { userId: actor.userId, userName: actor.name, userRole: access.role },
      message: input.message,
      messageType: input.messageType,
      replyToId: input.replyToId ?? null,
      fileId: input.fileId ?? null,
      clientId: input.clientId ?? null,
      mentions: admission.mentions,
      system: null,
      now: this.#ports.clock.now(),
    })
    this.#ports.publisher.accepted(input.courseId, actor.userId)
    return {
      stored: this.#published(change).then(({ outcome, message }) => {
        if (outcome === 'repeated') this.#ports.limit.refund(actor.userId)
        return { message: this.#toOwn(message, actor), repeated: outcome === 'repeated' }
      }),
    }
  }

  /** What the server itself says, for who stores it together with what it tells of: it counts as no message. */
  announcement(courseId: string, system: SystemContent): NewMessage {
    return {
      id: newId(),
      courseId,
      author: null,
      message: '',
      messageType: 'system',
      replyToId: null,
      fileId: null,
      clientId: null,
      mentions: [],
      system,
      now: this.#ports.clock.now(),
    }
  }

  /** They are on disk. */
  announced(messages: readonly StoredMessage[]): void {
    for (const message of messages) this.#ports.publisher.publish('created', message)
  }

  /** @throws AppError `FORBIDDEN` unless it is one's own, `CONFLICT` when it is deleted */
  async edit(actor: UserActor, messageId: string, message: string): Promise<Receipt<MessageRecord>> {
    const { courseId } = await this.#accessByMessage(actor, messageId)
    return this.#change(actor, (log) =>
      log.edit({ messageId, courseId, actorId: actor.userId, message, now: this.#now() }),
    )
  }

  /** @throws AppError `FORBIDDEN` unless it is one's own, or one is staff */
  async remove(actor: UserActor, messageId: string): Promise<Receipt<DeletedMessage>> {
    const access = await this.#accessByMessage(actor, messageId)
    const target = { messageId, courseId: access.courseId, actorId: actor.userId, staff: isStaff(access) }
    const { stored } = this.#change(actor, (log) => log.remove({ ...target, now: this.#now() }))
    return { stored: stored.then(({ id, course_id, seq, rev }) => ({ id, course_id, seq, rev })) }
  }

  /** @throws AppError `CONFLICT` for one kind of emoji too many, or a deleted message; `FORBIDDEN` for a system message */
  async react(actor: UserActor, messageId: string, emoji: string): Promise<Receipt<MessageRecord>> {
    const { courseId } = await this.#accessByMessage(actor, messageId)
    return this.#change(actor, (log) => log.react({ messageId, courseId, userId: actor.userId, emoji }))
  }

  async unreact(actor: UserActor, messageId: string, emoji: string): Promise<Receipt<MessageRecord>> {
    const { courseId } = await this.#accessByMessage(actor, messageId)
    return this.#change(actor, (log) => log.unreact({ messageId, courseId, userId: actor.userId, emoji }))
  }

  /** @throws AppError `FORBIDDEN` but for staff, `CONFLICT` for a deleted message */
  async pin(actor: UserActor, messageId: string): Promise<Receipt<MessageRecord>> {
    const courseId = await this.#staffByMessage(actor, messageId)
    return this.#change(actor, (log) => log.pin({ messageId, courseId, now: this.#now() }))
  }

  async unpin(actor: UserActor, messageId: string): Promise<Receipt<MessageRecord>> {
    const courseId = await this.#staffByMessage(actor, messageId)
    return this.#change(actor, (log) => log.unpin({ messageId, courseId }))
  }

  /** Moves one's mark on. `connectionId`: whose `chat:mark_read` it is. */
  async markRead(
    actor: UserActor,
    { courseId, seq }: { courseId: string; seq: number },
    connectionId: string,
  ): Promise<Receipt<UnreadRecord>> {
    const { access, repository, publisher } = this.#ports
    await access.accessTo(actor, courseId)
    const { userId } = actor
    const marked = repository.markRead({ courseId, userId, seq })
    return {
      stored: marked.then(async ({ lastReadSeq, moved }) => {
        if (moved) publisher.read(userId, courseId, lastReadSeq, connectionId)
        const [unread] = await repository.unreadIn(userId, [courseId])
        if (unread === undefined) throw notFound()
        return {
          course_id: courseId,
          unread: unread.unread,
          mentions: unread.mentions,
          last_read_seq: unread.lastReadSeq,
        }
      }),
    }
  }

  #toOwn(message: StoredMessage, actor: UserActor): MessageRecord {
    return toMessage(message, { forUserId: actor.userId, files: this.#ports.files })
  }

  #now(): number {
    return this.#ports.clock.now()
  }

  #change(actor: UserActor, write: (log: ChatRepository) => Promise<Change>): Receipt<MessageRecord> {
    this.#ports.limit.take(actor.userId)
    const change = write(this.#ports.repository)
    return { stored: this.#published(change).then(({ message }) => this.#toOwn(message, actor)) }
  }

  async #published(change: Promise<Change>): Promise<Change> {
    const { outcome, message } = await change
    if (outcome !== 'repeated' && outcome !== 'unchanged') this.#ports.publisher.publish(outcome, message)
    return change
  }

  /** What was stored is the answer to a repeat, also when it would be refused by now. */
  async #admit(actor: UserActor, access: CourseAccess, input: SendInput): Promise<Admission> {
    const { limit } = this.#ports
    let counted = false
    try {
      limit.take(actor.userId)
      counted = true
      if (input.messageType === 'announcement' && !isStaff(access)) throw forbidden('Staff alone may announce.')
      if (input.fileId !== undefined) await this.#mayShow(actor, input, input.fileId)
      return { mentions: await this.#mentioned(access, input.mentions) }
    } catch (error) {
      const repeated = await this.#sentBefore(actor, input)
      if (repeated === undefined) throw error
      if (counted) limit.refund(actor.userId)
      return { repeated }
    }
  }

  async #mayShow(actor: UserActor, { courseId, messageType }: SendInput, fileId: string): Promise<void> {
    const { category } = await this.#ports.files.shareableFile(actor, fileId, courseId)
    if (messageType === 'image' && category !== 'image') throw invalid('This file is no image.')
  }

  async #sentBefore(actor: UserActor, { clientId, courseId }: SendInput): Promise<StoredMessage | undefined> {
    if (clientId === undefined) return undefined
    return this.#ports.repository.messageSentAs({ courseId, userId: actor.userId, clientId })
  }

  async #mentioned(access: CourseAccess, userIds: readonly string[]): Promise<Mention[]> {
    const everybody = userIds.includes(EVERYBODY)
    if (everybody && !isStaff(access)) throw forbidden('Staff alone may mention all.')
    const people = userIds.filter((userId) => userId !== EVERYBODY)
    const enrolled = await this.#ports.access.enrolledAmong(access.courseId, people)
    if (enrolled.length < people.length) throw invalid('Only people enrolled in the course can be mentioned.')
    const named = new Map(enrolled.map((person) => [person.user_id, person]))
    if (everybody) named.set(EVERYBODY, { user_id: EVERYBODY, user_name: EVERYBODY })
    return [...new Set(userIds)].flatMap((userId) => named.get(userId) ?? [])
  }

  /** A message of a course that one is a stranger to does not exist. */
  async #accessByMessage(actor: UserActor, messageId: string): Promise<CourseAccess> {
    return accessByMessage(this.#ports, actor, messageId)
  }

  async #staffByMessage(actor: UserActor, messageId: string): Promise<string> {
    const access = await this.#accessByMessage(actor, messageId)
    if (!isStaff(access)) throw forbidden('Staff alone may pin.')
    return access.courseId
  }
}

/** @throws AppError `NOT_FOUND`, the same whether there is no such message or one is a stranger to its course */
export async function accessByMessage(
  { repository, access }: Pick<ChatServicePorts, 'repository' | 'access'>,
  actor: UserActor,
  messageId: string,
): Promise<CourseAccess> {
  const courseId = await repository.courseOfMessage(messageId)
  if (courseId === undefined) throw noSuchMessage()
  try {
    return await access.accessTo(actor, courseId)
  } catch (error) {
    throw error instanceof AppError && error.code === 'NOT_FOUND' ? noSuchMessage() : error
  }
}

const noSuchMessage = (): AppError => notFound('No such message.')
