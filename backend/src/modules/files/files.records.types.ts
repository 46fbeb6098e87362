import type { FileCategory, FolderVisibility } from '@lectern/protocol'
import type { Realm } from '../../access/actor.ts'

/** A folder as stored; times in epoch milliseconds. */
export interface StoredFolder {
  readonly id: string
  readonly realm: Realm
  readonly name: string
  readonly ownerId: string
  readonly courseId: string | null
  readonly visibility: FolderVisibility
  readonly createdAt: number
}

/** A file as stored, with the folder that it is in. The bytes are the storage's object of the same id, and never change. */
export interface StoredFile {
  readonly id: string
  readonly folder: StoredFolder
  /** What routes take: unique in the folder, caseless. */
  readonly filename: string
  readonly originalName: string
  readonly mimeType: string
  readonly category: FileCategory
  /** Bytes. */
  readonly size: number
  /** Lower-case hex. */
  readonly sha256: string
  readonly uploadedBy: string
  readonly uploadedByName: string
  readonly description: string | null
  readonly createdAt: number
}

/** What a file is, as its bytes tell, and its name agrees. */
export interface FileKind {
  /** With the dot, in lower case. */
  readonly extension: string
  readonly mimeType: string
  readonly category: FileCategory
}

/** Where an upload goes: a folder that is there, or one that its record's commit makes. */
export type UploadTarget =
  | { readonly kind: 'folder'; readonly folder: StoredFolder }
  | {
      readonly kind: 'new'
      readonly name: string
      readonly courseId: string | null
      readonly visibility: FolderVisibility
    }

/** A record that is about to be made; its bytes are the storage's object of this id, and on disk. */
export interface NewFile {
  readonly id: string
  readonly target: UploadTarget
  readonly realm: Realm
  readonly originalName: string
  /** Safe, NFC, with its extension; where it is taken, the commit finds `name (2).ext`. */
  readonly filename: string
  /** Refuse (`CONFLICT`) rather than find another name: who copies knows what it is to be called. */
  readonly exactName: boolean
  readonly mimeType: string
  readonly category: FileCategory
  readonly size: number
  readonly sha256: string
  readonly uploadedBy: string
  readonly uploadedByName: string
  readonly description: string | null
  /** Bytes; 0 is no limit. */
  readonly quota: number
  readonly now: number
}
