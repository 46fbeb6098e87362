import type { MessageType } from '@lectern/protocol'
import type { Database, Operation } from '../../database/database.ts'
import type {
  Change,
  Edit,
  Mark,
  MessageTarget,
  NewMessage,
  Pinning,
  ReactionChange,
  Removal,
  StoredMessage,
} from './chat.records.types.ts'
import {
  type ChangesQuery,
  changesSince,
  courseOfMessage,
  findMessage,
  type HistoryQuery,
  type ListQuery,
  messageByClientId,
  messageHistory,
  messagePage,
  messagesOfType,
  type PageQuery,
  pinnedMessages,
  positionsOf,
} from './chat.repository.reads.ts'
import type { SentAs } from './chat.repository.rows.ts'
import { chatLog } from './chat.repository.ts'
import { findExported, logPages } from './export.repository.ts'
import { readMarks, unreadIn } from './reading.repository.ts'
import { type Search, searchMessages } from './search.repository.ts'
import { courseStatistics, type LogStretch, messagesDuring, type StatisticsQuery } from './statistics.repository.ts'

/** What the services know of the database. A change resolves when it is on disk; changes commit in the order of the calls. */
export class ChatRepository {
  readonly #database: Database

  constructor(database: Database) {
    this.#database = database
  }

  get epoch(): string {
    return this.#database.epoch
  }

  append = (message: NewMessage): Promise<Change> => this.#write(chatLog.append, message)
  edit = (edit: Edit): Promise<Change> => this.#write(chatLog.edit, edit)
  remove = (removal: Removal): Promise<Change> => this.#write(chatLog.remove, removal)
  react = (reaction: ReactionChange): Promise<Change> => this.#write(chatLog.react, reaction)
  unreact = (reaction: ReactionChange): Promise<Change> => this.#write(chatLog.unreact, reaction)
  pin = (pinning: Pinning): Promise<Change> => this.#write(chatLog.pin, pinning)
  unpin = (target: MessageTarget): Promise<Change> => this.#write(chatLog.unpin, target)
  markRead = (mark: Mark) => this.#database.write(readMarks.markRead, mark)

  positions = (courseId: string) => positionsOf(this.#database, courseId)
  message = (messageId: string): Promise<StoredMessage | undefined> => findMessage(this.#database, messageId)
  courseOfMessage = (messageId: string) => courseOfMessage(this.#database, messageId)
  messageSentAs = (sentAs: SentAs) => messageByClientId(this.#database, sentAs)
  changesSince = (query: ChangesQuery) => changesSince(this.#database, query)
  page = (query: PageQuery) => messagePage(this.#database, query)
  ofType = (query: ListQuery & { readonly type: MessageType }) => messagesOfType(this.#database, query)
  pinned = (query: ListQuery) => pinnedMessages(this.#database, query)
  history = (query: HistoryQuery) => messageHistory(this.#database, query)
  unreadIn = (userId: string, courseIds: readonly string[]) => unreadIn(this.#database, userId, courseIds)

  search = (search: Search) => searchMessages(this.#database, search)
  messagesDuring = (courseId: string, stretches: readonly LogStretch[]) =>
    messagesDuring(this.#database, { courseId, stretches })
  statistics = (query: StatisticsQuery) => courseStatistics(this.#database, query)
  exported = (courseId: string) => findExported(this.#database, courseId)
  logPages = (log: { readonly courseId: string; readonly upToSeq: number }) => logPages(this.#database, log)

  #write<Input>(operation: Operation<Input, Change>, input: Input): Promise<Change> {
    return this.#database.write(operation, input)
  }
}
