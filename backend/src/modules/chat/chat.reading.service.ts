import type {
  HistoryEntry,
  MessageRecord,
  MessagesMeta,
  MessagesStart,
  MessageType,
  OnlineUser,
  OnlineUsers,
  UnreadRecord,
} from '@lectern/protocol'
import { isStaff, type UserActor } from '../../access/actor.ts'
import type { Page } from '../../shared/cursor.ts'
import { forbidden, notFound } from '../../shared/errors.ts'
import type { StoredMessage, Unread } from './chat.records.types.ts'
import type { ListQuery } from './chat.repository.reads.ts'
import type { ChatRepository } from './chat.repository.store.ts'
import { accessByMessage } from './chat.service.ts'
import type { CourseAccessPort, FilePort } from './chat.types.ts'
import { toHistoryEntry, toMessage } from './message-record.ts'

export interface ChatReadingPorts {
  readonly repository: ChatRepository
  readonly access: CourseAccessPort
  readonly files: Pick<FilePort, 'toRecord'>
  readonly rooms: { everyoneOnline(courseId: string): OnlineUser[] }
}

/** What may be read of a course's chat, and by whom. All throw `NOT_FOUND` for a stranger. */
export class ChatReading {
  readonly #ports: ChatReadingPorts

  constructor(ports: ChatReadingPorts) {
    this.#ports = ports
  }

  async messages(
    actor: UserActor,
    courseId: string,
    { start, limit }: { start: MessagesStart; limit: number },
  ): Promise<{ messages: MessageRecord[]; meta: MessagesMeta }> {
    const { repository, access } = this.#ports
    await access.accessTo(actor, courseId)
    const positions = await repository.positions(courseId)
    if (positions === undefined) throw notFound()
    const meta = { limit, last_seq: positions.lastSeq, last_rev: positions.lastRev, epoch: repository.epoch }
    if (start.kind === 'changes') {
      const { messages, more } = await repository.changesSince({ courseId, sinceRev: start.sinceRev, limit })
      return { messages: messages.map(this.#forActor(actor)), meta: { ...meta, next_cursor: null, more } }
    }
    const page = await repository.page({ courseId, limit, start })
    return { messages: page.items.map(this.#forActor(actor)), meta: { ...meta, next_cursor: page.nextCursor } }
  }

  async ofType(actor: UserActor, query: ListQuery & { readonly type: MessageType }): Promise<Page<MessageRecord>> {
    await this.#ports.access.accessTo(actor, query.courseId)
    return this.#pageFor(actor, await this.#ports.repository.ofType(query))
  }

  async pinned(actor: UserActor, query: ListQuery): Promise<Page<MessageRecord>> {
    await this.#ports.access.accessTo(actor, query.courseId)
    return this.#pageFor(actor, await this.#ports.repository.pinned(query))
  }

  async message(actor: UserActor, messageId: string): Promise<MessageRecord> {
    return this.#forActor(actor)(await this.#stored(actor, messageId))
  }

  /** @throws AppError `FORBIDDEN` but for staff */
  async history(
    actor: UserActor,
    messageId: string,
    { limit, cursor }: { limit: number; cursor?: string | undefined },
  ): Promise<Page<HistoryEntry>> {
    const access = await accessByMessage(this.#ports, actor, messageId)
    if (!isStaff(access)) throw forbidden('Staff alone see the history of a message.')
    const message = await this.#stored(actor, messageId)
    const { items, nextCursor } = await this.#ports.repository.history({ message, limit, cursor })
    return { items: items.map(toHistoryEntry), nextCursor }
  }

  async unread(actor: UserActor, courseId: string): Promise<UnreadRecord> {
    await this.#ports.access.accessTo(actor, courseId)
    const [unread] = await this.#ports.repository.unreadIn(actor.userId, [courseId])
    if (unread === undefined) throw notFound()
    return toUnread(unread)
  }

  /** In each of one's courses, in the order of their ids; `after` is the course id that the page before ended with. */
  async unreadEverywhere(
    actor: UserActor,
    { limit, after = '' }: { limit: number; after?: string | undefined },
  ): Promise<{ items: UnreadRecord[]; next: string | null }> {
    const courses = await this.#ports.access.coursesOf(actor)
    const ids = courses.map(({ courseId }) => courseId).sort(byCodeUnit)
    const rest = ids.filter((courseId) => courseId > after)
    const shown = rest.slice(0, limit)
    const unread = await this.#ports.repository.unreadIn(actor.userId, shown)
    return { items: unread.map(toUnread), next: rest.length > limit ? (shown.at(-1) ?? null) : null }
  }

  async online(actor: UserActor, courseId: string): Promise<OnlineUsers> {
    await this.#ports.access.accessTo(actor, courseId)
    const users = this.#ports.rooms.everyoneOnline(courseId)
    return { courseId, users, count: users.length }
  }

  #forActor({ userId: forUserId }: UserActor): (message: StoredMessage) => MessageRecord {
    const { files } = this.#ports
    return (message) => toMessage(message, { forUserId, files })
  }

  #pageFor(actor: UserActor, page: Page<StoredMessage>): Page<MessageRecord> {
    return { ...page, items: page.items.map(this.#forActor(actor)) }
  }

  async #stored(actor: UserActor, messageId: string): Promise<StoredMessage> {
    await accessByMessage(this.#ports, actor, messageId)
    const message = await this.#ports.repository.message(messageId)
    if (message === undefined) throw notFound('No such message.')
    return message
  }
}

const byCodeUnit = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)

const toUnread = ({ courseId, unread, mentions, lastReadSeq }: Unread): UnreadRecord => ({
  course_id: courseId,
  unread,
  mentions,
  last_read_seq: lastReadSeq,
})
