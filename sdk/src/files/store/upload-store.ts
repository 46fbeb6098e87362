import type { UploadTarget } from '../uploads.types.ts'

/** What outlives the page of an upload, beside its file. */
export interface StoredUpload {
  readonly id: string
  /** Whose it is: what is kept outlives a signing out. */
  readonly userId: string
  /** The tus server it goes to, absolute. */
  readonly endpoint: string
  readonly name: string
  /** Bytes. */
  readonly size: number
  readonly type: string
  /** Epoch milliseconds; undefined of what never was a file on a disk. */
  readonly lastModified: number | undefined
  readonly target: UploadTarget
  /** ISO 8601. */
  readonly startedAt: string
  /** Where the server has it; undefined until it has begun. */
  readonly url: string | undefined
  /** Bytes that the server has stored, as far as is known. */
  readonly sent: number
  readonly isPaused: boolean
}

/** Where uploads are kept until they are done. Every tab of one browser shares it. */
export interface UploadStore {
  /** Oldest first. */
  list(userId: string, endpoint: string): Promise<readonly StoredUpload[]>
  get(id: string): Promise<StoredUpload | undefined>
  /** Other tabs are told. */
  add(upload: StoredUpload): Promise<void>
  /** Nothing, where it is no longer there. */
  update(upload: StoredUpload): Promise<void>
  file(id: string): Promise<Blob | undefined>
  /** @throws where there is no room for it */
  setFile(id: string, file: Blob): Promise<void>
  /** With its file; other tabs are told. */
  remove(id: string): Promise<void>
  /** Told when another tab added something, or removed the upload of this id. @returns stops telling */
  onChange(listener: (removed: string | undefined) => void): () => void
  /**
   * Runs `work` as soon as no other tab is at this upload (Web Locks), until it resolves; `busy` is called where it has to
   * wait. Not at all, once the signal is aborted.
   */
  alone(id: string, signal: AbortSignal, work: () => Promise<void>, busy: () => void): Promise<void>
  close(): void
}
