import type { FileCategory, FileRecord } from '@lectern/protocol'
import type { LecternError } from '../errors.ts'
import type { Readable } from '../readable.ts'

/** Where a file goes, and what is said of it. */
export interface UploadTarget {
  /** A folder's id, or its name; a name that is not there is made a folder. */
  readonly folder: string
  /** The course whose folder a name means. */
  readonly courseId?: string
  /** The file's own, or the server refuses it. Left out: told by its name. */
  readonly category?: FileCategory
  readonly description?: string
}

export interface UploadOptions extends UploadTarget {
  /** Left out: the file's own. */
  readonly name?: string
}

/** `sent`: bytes that have left, of which the server may not have stored all yet; while nothing is sent: those it has stored. */
export type UploadState =
  /** Its turn has not come. */
  | { readonly kind: 'waiting' }
  | {
      readonly kind: 'uploading'
      readonly sent: number
      /** Of the last seconds; undefined until that can be told. */
      readonly bytesPerSecond: number | undefined
      readonly secondsLeft: number | undefined
    }
  | { readonly kind: 'paused'; readonly sent: number }
  /** It goes on by itself at `retryAt` (epoch milliseconds), and as soon as the connection is back; `resume` tries now. */
  | { readonly kind: 'interrupted'; readonly sent: number; readonly error: LecternError; readonly retryAt: number }
  /**
   * It was begun before a reload, and the browser could not keep the file; or the file was moved or changed on the disk.
   * `resumeWith` goes on with it, once the person has chosen it again.
   */
  | { readonly kind: 'needs_file'; readonly sent: number }
  /** Another tab of this browser is at it. Should that tab close, this one goes on. */
  | { readonly kind: 'elsewhere' }
  /**
   * Refused: `error` says why, as the server put it. `retryable`: whether `retry` may succeed, once the person has made room
   * or signed in again. It stays until it is retried or dismissed.
   */
  | { readonly kind: 'failed'; readonly error: LecternError; readonly retryable: boolean }
  /** It stays until it is dismissed. */
  | { readonly kind: 'done'; readonly file: FileRecord }
  /** No longer in the list. */
  | { readonly kind: 'cancelled' }

/**
 * A file on its way, as it is at one moment: when its state changes, the list has another object in its place. The methods
 * act on what it is by then, and do nothing where they make no sense (`pause` of what is done).
 */
export interface Upload {
  readonly id: string
  readonly name: string
  /** Bytes. */
  readonly size: number
  /** MIME type by the browser's guess; empty where it has none. The server goes by the bytes. */
  readonly type: string
  readonly target: UploadTarget
  /** ISO 8601, by this machine's clock. */
  readonly startedAt: string
  readonly state: UploadState
  /** Until `resume`, also through a reload. The server keeps what it has for 24 hours; after that it starts anew. */
  pause(): void
  resume(): void
  /** What the server has of it is deleted there. */
  cancel(): void
  /** After `failed`. */
  retry(): void
  /** Takes it from the list, once it is `done` or `failed`. */
  dismiss(): void
  /** After `needs_file`. @returns false for another file, by its name, size or time of change: nothing happens then */
  resumeWith(file: File): boolean
  /**
   * The file's record, once it is done, however long it is paused or interrupted.
   * @throws LecternError what it failed with; `CLOSED` when it is cancelled, or the client closed
   */
  finished(): Promise<FileRecord>
}

/** One person's files on their way, those of earlier pages and of other tabs included. */
export interface Uploads {
  /** Oldest first. What did not change is the same object. */
  readonly list: Readable<readonly Upload[]>
  /**
   * Begins at once, or when its turn comes. What is begun survives a reload where the browser keeps it.
   * @returns it, also in `list` from now on
   * @throws LecternError `CLOSED` after the client was closed
   */
  start(file: File, options: UploadOptions): Upload
  start(file: Blob, options: UploadOptions & { readonly name: string }): Upload
  /** How many are sent at once, at least 1; 3 until it is set. */
  atOnce: number
}
