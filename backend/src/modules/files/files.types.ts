import type { CourseAccess, Realm, UserActor } from '../../access/actor.ts'
import type { StoredFile, StoredFolder, UploadTarget } from './files.records.types.ts'

/** Who may be where; the courses module answers. */
export interface CourseAccessPort {
  /** @throws AppError `NOT_FOUND` for a stranger, the removed, an archived course and none alike */
  accessTo(actor: UserActor, courseId: string): Promise<CourseAccess>
  /** The courses that the person is enrolled in. */
  coursesOf(actor: UserActor): Promise<CourseAccess[]>
}

/** Messages that show a file; the chat module answers. */
export interface AttachmentPort {
  /** The courses in which a message that is not deleted bears the file. */
  coursesShowing(fileId: string): Promise<readonly string[]>
  /**
   * Files were renamed, moved or deleted, `file_changes` says which: each message that bears one takes its course's next
   * `rev` and is told. Never fails; what could not be told is told with the next change, or at the next start.
   */
  tellChanges(): Promise<void>
}

/** What an account is now, for the question whether who made a link may still read. */
export interface PeoplePort {
  /** Undefined when there is no such person any more, or they are disabled. */
  standingOf(userId: string): Promise<{ readonly realm: Realm; readonly role: UserActor['role'] } | undefined>
}

/** The bucket of a person's uploads. */
export interface UploadLimit {
  /** @throws AppError `RATE_LIMITED` */
  take(userId: string): void
}

/** What operators set. */
export interface FileSettings {
  /** Bytes; undefined: what the category allows. */
  readonly maxFileSize: number | undefined
  /** Bytes per person; 0 is no limit. */
  readonly quota: number
  /** Names, without case, of folders without a course that are public when an upload makes them. */
  readonly publicFolders: ReadonlySet<string>
  /** Origin in records' URLs; asked for anew each time, since a server that takes a free port learns it late. */
  readonly publicUrl: string
}

/** How a folder is named by a caller: its id, or its name; `courseId` says whose course's name is meant. */
export interface FolderKey {
  readonly folder: string
  readonly courseId?: string | undefined
}

/** A folder that somebody may look into: all of its files, or those that they uploaded. */
export interface ReadableFolder {
  readonly folder: StoredFolder
  readonly reads: 'all' | 'own'
}

/**
 * Who may do what with folders and files. Everything that touches one asks here. The actor is undefined for who is not
 * signed in: told `UNAUTHENTICATED` wherever a stranger is told `NOT_FOUND`.
 */
export interface FileAccessPort {
  /** @throws AppError `NOT_FOUND`, `UNAUTHENTICATED`, `CONFLICT` (`details.course_ids`) where a name means several folders */
  readableFile(actor: UserActor | undefined, key: FolderKey & { readonly file: string }): Promise<StoredFile>
  /** @throws AppError `NOT_FOUND`, `UNAUTHENTICATED` */
  readableFileById(actor: UserActor | undefined, fileId: string): Promise<StoredFile>
  /** For who may read in it, or add to it. @throws as `readableFile` */
  readableFolder(actor: UserActor | undefined, key: FolderKey): Promise<ReadableFolder>
  /** Where an upload of theirs goes. @throws AppError `FORBIDDEN`, `NOT_FOUND`, `CONFLICT`, `VALIDATION_FAILED` for a name that no folder can bear */
  targetFor(actor: UserActor, key: FolderKey): Promise<UploadTarget>
  /** The question of a signed link, at every opening. */
  mayRead(actor: UserActor, file: StoredFile): Promise<boolean>
}
