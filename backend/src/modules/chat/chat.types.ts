import type { FileCategory, FileRecord } from '@lectern/protocol'
import type { CourseAccess, UserActor } from '../../access/actor.ts'
import type { StoredAttachment, StoredMessage } from './chat.records.types.ts'

/** Who may be where; the courses module answers. */
export interface CourseAccessPort {
  /** @throws AppError `NOT_FOUND` for a stranger, the removed, an archived course and none alike */
  accessTo(actor: UserActor, courseId: string): Promise<CourseAccess>
  /** The courses that the person is enrolled in. */
  coursesOf(actor: UserActor): Promise<CourseAccess[]>
  /** Those of `userIds` who are enrolled, in their order. */
  enrolledAmong(courseId: string, userIds: readonly string[]): Promise<{ user_id: string; user_name: string }[]>
}

/** Where stored changes go. Called after the commit, in the order of the commits. */
export interface ChangePublisher {
  publish(kind: 'created' | 'updated' | 'deleted', message: StoredMessage): void
  /** A message has its place among the commits: its sender types no more. */
  accepted(courseId: string, userId: string): void
  /** A person's mark has moved. `connectionId`: the connection that moved it knows already. */
  read(userId: string, courseId: string, seq: number, connectionId: string): void
}

/** The bucket of a person's changes. */
export interface ChangeLimit {
  /** @throws AppError `RATE_LIMITED` */
  take(userId: string): void
  refund(userId: string): void
}

/** A change that has its place in the order of commits. `stored` resolves when it is on disk and published. */
export interface Receipt<Stored> {
  readonly stored: Promise<Stored>
}

/** Files that messages bear; the files module answers. */
export interface FilePort {
  /**
   * A file that the actor may show to everyone enrolled.
   * @throws AppError `NOT_FOUND` for who may not read it, `FORBIDDEN`
   */
  shareableFile(actor: UserActor, fileId: string, courseId: string): Promise<{ readonly category: FileCategory }>
  toRecord(file: StoredAttachment): FileRecord
}
