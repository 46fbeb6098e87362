import type { Readable } from 'node:stream'
import type { UploadFields } from '@lectern/protocol'
import type { UserActor } from '../../../access/actor.ts'
import type { StoredFile } from '../files.records.types.ts'

/** Bytes that have arrived whole, on the local disk, in the journal. */
export interface StagedFile {
  /** The id of the journal's row; the object's and the file's later. */
  readonly id: string
  readonly path: string
  /** Bytes. */
  readonly size: number
  /** Lower-case hex. */
  readonly sha256: string
  /** The first 4,100 bytes, or all there are. */
  readonly head: Uint8Array
}

/** Bytes with what is said of them: none of it is believed yet. */
export interface OfferedFile {
  readonly staged: StagedFile
  /** As its owner's system calls it. */
  readonly originalName: string
  readonly fields: UploadFields
}

/** A file while it comes in. */
export interface Incoming {
  readonly id: string
  /**
   * Writes the stream to the staging area, hashing it and looking at its head on the way. What is left of the stream
   * after an error flows away unread.
   * @param sureBytes so many are to come at least, as far as the sender says
   * @throws AppError `PAYLOAD_TOO_LARGE`, `UNSUPPORTED_FILE_TYPE` as soon as either is known, `STORAGE_FULL`; an aborted source's error
   */
  receive(source: Readable, originalName: string, sureBytes?: number): Promise<StagedFile>
  /** Leaves nothing behind. */
  discard(): Promise<void>
}

/** The one path that makes a record, whichever door the bytes came in by. */
export interface Intake {
  /** Journals an upload before its first byte. @throws AppError `RATE_LIMITED`, `STORAGE_FULL` when the quota is used up */
  begin(actor: UserActor): Promise<Incoming>
  /**
   * Authorises, decides what the file is, makes bytes and record durable, in this order. On any error nothing stays behind.
   * @throws AppError `FORBIDDEN`, `NOT_FOUND`, `CONFLICT`, `UNSUPPORTED_FILE_TYPE`, `PAYLOAD_TOO_LARGE`, `STORAGE_FULL`
   */
  accept(actor: UserActor, offered: OfferedFile): Promise<StoredFile>
}
