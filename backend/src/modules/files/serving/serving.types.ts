import type { UserActor } from '../../../access/actor.ts'
import type { Disposition } from '../../../shared/content-disposition.ts'
import type { StoredFile } from '../files.records.types.ts'
import type { FileAccessPort } from '../files.types.ts'
import type { SignedLink } from '../signed-links.ts'

/** What is asked before bytes go out. */
export type ServingAccess = Pick<FileAccessPort, 'readableFile' | 'readableFolder'>

export interface OpenedUrl {
  readonly file: StoredFile
  readonly disposition: Disposition
}

/** What a signed URL opens. */
export interface SignedUrlPort {
  /**
   * @param link as it came; undefined for what has not even the form of one
   * @throws AppError `FORBIDDEN`, whatever the reason: changed, over, ended, or its issuer may no longer read
   */
  open(link: SignedLink | undefined): Promise<OpenedUrl>
}

/** What the archive of a folder takes in; names are unique in the folder, without case. */
export type ArchivedFile = Pick<StoredFile, 'id' | 'filename' | 'mimeType' | 'size' | 'createdAt'>

export interface PageOfFolder {
  readonly folderId: string
  /** Theirs alone; undefined: everybody's. */
  readonly uploadedBy: string | undefined
  /** Goes on behind the file of this name; undefined begins. */
  readonly after: string | undefined
  readonly limit: number
}

export interface FolderContentsPort {
  /** In the order of their names. */
  page(page: PageOfFolder): Promise<readonly ArchivedFile[]>
}

export type Caller = UserActor | undefined
