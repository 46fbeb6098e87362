import { readStored, writeStored } from '../../../ui/storage.ts'
import { type Attachment, attachmentOf } from './attachment.ts'
import { keyOf } from './attachments-key.ts'

// Which message waits for which upload, of all tabs of this browser: the uploads themselves are kept by the SDK.

export function readAttachments(userId: string): readonly Attachment[] {
  try {
    const kept: unknown = JSON.parse(readStored(keyOf(userId)) ?? '[]')
    return Array.isArray(kept) ? kept.flatMap((value) => attachmentOf(value) ?? []) : []
  } catch {
    return []
  }
}

/** What has not begun to be uploaded is not kept: nobody could go on with it. */
export function writeAttachments(userId: string, attachments: readonly Attachment[]): void {
  const kept = attachments.filter(({ uploadId }) => uploadId !== undefined)
  writeStored(keyOf(userId), kept.length === 0 ? null : JSON.stringify(kept))
}
