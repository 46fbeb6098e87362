import type { Readable } from 'node:stream'

/** Bytes `[start, end]`, both inclusive, as HTTP ranges count. */
export interface ByteRange {
  readonly start: number
  readonly end: number
}

export interface ObjectStat {
  /** Bytes. */
  readonly size: number
  /** Epoch milliseconds. */
  readonly modifiedAt: number
}

export interface SignedObjectUrl {
  readonly expiresInSeconds: number
  /** `Content-Disposition` and `Content-Type` that the store is to answer with. */
  readonly contentDisposition: string
  readonly contentType: string
}

/**
 * Where the bytes of files live: objects, found by id, that never change. An object id is ours (UUIDv7), never a
 * person's. What was put is durable when the promise resolves.
 */
export interface Storage {
  /** Takes over a staged file, which is gone from its path then. Putting the same id twice is a mistake of ours. @throws AppError `STORAGE_FULL`, `UNAVAILABLE` */
  put(id: string, stagedPath: string): Promise<void>
  /** @throws AppError `UNAVAILABLE` when the object is not there: a record without bytes */
  get(id: string, range?: ByteRange): Promise<Readable>
  /** Where the object would be on a local disk, for what reads it there faster; undefined where it is on none. */
  localPath(id: string): string | undefined
  stat(id: string): Promise<ObjectStat | undefined>
  /** @throws AppError `STORAGE_FULL`, `UNAVAILABLE` */
  copy(from: string, to: string): Promise<void>
  /** All of them, durably; what is not there is deleted already. */
  delete(ids: readonly string[]): Promise<void>
  list(): AsyncIterable<{ readonly id: string; readonly size: number }>
  /** A link to the store itself; undefined where there is none (a local disk). */
  signedUrl(id: string, options: SignedObjectUrl): Promise<string | undefined>
  /** Whether it answers; `/health/ready` asks. @throws Error */
  check(): Promise<void>
}
