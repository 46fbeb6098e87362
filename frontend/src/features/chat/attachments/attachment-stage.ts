import type { Upload } from '@lectern/client'
import { type HeldAttachment, isFolderGone } from './attachments.ts'

/** How far an attachment is, as its person sees it. */
export type Stage =
  | { readonly kind: 'ready' | 'waiting' | 'offline' | 'paused' | 'elsewhere' }
  /** `part`: 0 to 1. */
  | { readonly kind: 'uploading'; readonly part: number }
  /** Begun before a reload, and the browser could not keep it. */
  | { readonly kind: 'needs_file' }
  | { readonly kind: 'failed'; readonly error: unknown; readonly canRetry: boolean }
  /** Nobody uploads it any more: it was cancelled elsewhere, or the browser has forgotten it. */
  | { readonly kind: 'lost' }

/** Nothing happens until the person does something. */
export const isHeldUp = ({ kind }: Stage): boolean => kind === 'failed' || kind === 'needs_file' || kind === 'lost'

export function stageOf(one: HeldAttachment, upload: Upload | undefined, isOnline: boolean): Stage {
  if (one.file !== undefined) return { kind: 'ready' }
  if (one.uploadId === undefined) return isOnline ? unbegunStage(one) : { kind: 'offline' }
  // What an earlier page left is known once there is a connection.
  if (upload === undefined) return { kind: isOnline ? 'lost' : 'waiting' }
  return uploadStage(one, upload)
}

const unbegunStage = ({ problem }: HeldAttachment): Stage =>
  problem === undefined ? { kind: 'waiting' } : { kind: 'failed', error: problem, canRetry: true }

function uploadStage({ source }: HeldAttachment, upload: Upload): Stage {
  const { state, size } = upload
  switch (state.kind) {
    case 'uploading':
      return { kind: 'uploading', part: size === 0 ? 0 : state.sent / size }
    case 'interrupted':
      return { kind: 'offline' }
    case 'failed': {
      const canRetry = state.retryable || (source !== undefined && isFolderGone(upload))
      return { kind: 'failed', error: state.error, canRetry }
    }
    case 'done':
      return { kind: 'ready' }
    case 'cancelled':
      return { kind: 'lost' }
    default:
      return { kind: state.kind }
  }
}
