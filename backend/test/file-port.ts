import type { FilePort } from '../src/modules/chat/chat.types.ts'
import { toFileRecord } from '../src/modules/files/file-record.ts'

export const PUBLIC_URL = 'https://lms.example.org'

/** Records of files as messages bear them. */
export const files: Pick<FilePort, 'toRecord'> = { toRecord: (file) => toFileRecord(file, PUBLIC_URL) }
