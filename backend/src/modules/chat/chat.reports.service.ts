import {
  type ExportFormat,
  type FoundMessage,
  type SearchQuery,
  type StatisticsQuery,
  type StatisticsRecord,
  toTime,
} from '@lectern/protocol'
import { isStaff, isTeacher, type UserActor } from '../../access/actor.ts'
import type { Clock } from '../../shared/clock.ts'
import type { Page } from '../../shared/cursor.ts'
import { forbidden, notFound } from '../../shared/errors.ts'
import type { ChatRepository } from './chat.repository.store.ts'
import type { CourseAccessPort, FilePort } from './chat.types.ts'
import { exportChunks } from './export.ts'
import { toMessage } from './message-record.ts'
import type { LogStretch, Statistics } from './statistics.repository.ts'

export interface ChatReportsPorts {
  readonly repository: ChatRepository
  readonly access: CourseAccessPort
  readonly files: Pick<FilePort, 'toRecord'>
  readonly clock: Clock
}

/** What takes longer the more a course has said. All throw `NOT_FOUND` for a stranger. */
export class ChatReports {
  readonly #ports: ChatReportsPorts

  constructor(ports: ChatReportsPorts) {
    this.#ports = ports
  }

  async search(actor: UserActor, courseId: string, query: SearchQuery): Promise<Page<FoundMessage>> {
    const { repository, access, files } = this.#ports
    await access.accessTo(actor, courseId)
    const { q, user_id: userId, ...filters } = query
    const { items, nextCursor } = await repository.search({ ...filters, courseId, userId, query: q })
    return {
      items: items.map(({ message, highlights }) => ({
        ...toMessage(message, { forUserId: actor.userId, files }),
        highlights: highlights.map(([start, end]): [number, number] => [start, end]),
      })),
      nextCursor,
    }
  }

  /** Who is not staff sees themselves alone in `by_user`. */
  async statistics(actor: UserActor, courseId: string, { from, to, tz }: StatisticsQuery): Promise<StatisticsRecord> {
    const { repository, access } = this.#ports
    const onlyUserId = isStaff(await access.accessTo(actor, courseId)) ? undefined : actor.userId
    return toRecord(await repository.statistics({ courseId, from, to, timeZone: tz, onlyUserId }))
  }

  /**
   * Who wrote how much in stretches of a course's log, neither the deleted nor the system's; for one of our own modules,
   * which has asked whether its caller may.
   */
  messagesDuring(courseId: string, stretches: readonly LogStretch[]): Promise<Map<string, number>> {
    return this.#ports.repository.messagesDuring(courseId, stretches)
  }

  /**
   * The whole course as a file in pieces, each made when it is asked for.
   * @throws AppError `FORBIDDEN` but for teachers and administrators
   */
  async export(actor: UserActor, courseId: string, format: ExportFormat): Promise<AsyncGenerator<string>> {
    const { repository, access, files, clock } = this.#ports
    if (!isTeacher(await access.accessTo(actor, courseId))) throw forbidden('Teachers alone may export a course.')
    const exported = await repository.exported(courseId)
    if (exported === undefined) throw notFound()
    const pages = repository.logPages({ courseId, upToSeq: exported.lastSeq })
    return exportChunks(format, pages, { title: exported.title, userId: actor.userId, files, now: clock.now() })
  }
}

const toRecord = (statistics: Statistics): StatisticsRecord => ({
  total_messages: statistics.total,
  by_type: Object.fromEntries(statistics.byType.map(({ type, count }) => [type, count])),
  by_user: statistics.byUser.map(({ userId, userName, count }) => ({ user_id: userId, user_name: userName, count })),
  by_day: statistics.byDay.map(({ date, count }) => ({ date, count })),
  by_hour: [...statistics.byHour],
  active_users: statistics.activeUsers,
  first_message_at: timeOrNull(statistics.firstMessageAt),
  last_message_at: timeOrNull(statistics.lastMessageAt),
  files_shared: statistics.filesShared,
})

const timeOrNull = (at: number | null): string | null => (at === null ? null : toTime(at))
