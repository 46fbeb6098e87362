import type { Upload } from '@lectern/client'
import { useConnection } from '../../../lectern/client-hooks.ts'
import { useUploads } from '../../../lectern/uploads-context.tsx'
import { type Stage, stageOf } from './attachment-stage.ts'
import type { HeldAttachment } from './attachments.ts'

/** Follows the upload of an attachment. */
export function useStage(one: HeldAttachment): { readonly stage: Stage; readonly upload: Upload | undefined } {
  const isOnline = useConnection().status === 'online'
  const upload = useUploads().find(({ id }) => id === one.uploadId)
  return { stage: stageOf(one, upload, isOnline), upload }
}
