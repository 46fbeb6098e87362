import type { Readable } from '@lectern/client'
import { useEffect, useMemo } from 'react'
import { useReadable } from '../../../lectern/readable.ts'
import type { RefusedFile } from '../../../lectern/refused-files.ts'
import { useChat } from '../chat-context.ts'
import type { HeldAttachment } from './attachments.ts'
import { useAttachmentsOnDemand } from './attachments-context.tsx'

interface CourseAttachments {
  /** In the composer. */
  readonly attached: readonly HeldAttachment[]
  /** Sent by the person, and waiting for their upload. */
  readonly waiting: readonly HeldAttachment[]
}

const NONE: readonly never[] = []
const NOTHING: Readable<readonly never[]> = { getSnapshot: () => NONE, subscribe: () => () => undefined }

/** Of the course that is open. */
export function useCourseAttachments(): CourseAttachments {
  const { courseId } = useChat()
  const list = useReadable<readonly HeldAttachment[]>(useAttachmentsOnDemand().attachments ?? NOTHING)
  return useMemo(() => {
    const here = list.filter((one) => one.courseId === courseId)
    return {
      attached: here.filter(({ caption }) => caption === undefined),
      waiting: here.filter(({ caption, isHanded }) => caption !== undefined && !isHanded),
    }
  }, [list, courseId])
}

/** What was chosen, and cannot be sent. */
export const useRefused = (): readonly RefusedFile[] =>
  useReadable<readonly RefusedFile[]>(useAttachmentsOnDemand().attachments?.refused ?? NOTHING)

/** While the course's chat is on the page, what is attached there is shown there alone. */
export function useShownUploads(): void {
  const { courseId } = useChat()
  const { attachments } = useAttachmentsOnDemand()
  useEffect(() => attachments?.show(courseId), [attachments, courseId])
}
