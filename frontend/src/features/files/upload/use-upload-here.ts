import { useCallback } from 'react'
import { useStartUploads } from '../../../lectern/uploads-context.tsx'
import { useShownFolder } from '../folder/folder-context.ts'

/** Uploads into the folder that is shown. */
export function useUploadHere(): (files: readonly File[]) => void {
  const { course, folder } = useShownFolder()
  const start = useStartUploads()
  return useCallback(
    (files) => void start(files, { folder: folder.id, courseId: course.id }),
    [start, folder.id, course.id],
  )
}
