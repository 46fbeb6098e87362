import type { FileRecord } from '@lectern/protocol'

/** Where a file of a course is shown in this client. */
export const fileAddress = (courseId: string, { folder_id: folderId, filename }: FileRecord): string =>
  `/courses/${courseId}/files/${folderId}?${new URLSearchParams({ file: filename })}`
