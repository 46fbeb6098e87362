import type { FolderRecord, FolderVisibility } from '@lectern/protocol'
import { useQueryClient } from '@tanstack/react-query'
import { useClient } from '../../../lectern/client-context.tsx'
import { refreshFiles } from '../../../lectern/file-queries.ts'

interface FolderFields {
  readonly name: string
  readonly visibility: FolderVisibility
}

/** What somebody may do with a course's folders; reads the lists again afterwards. All throw LecternError. */
export function useFolderChanges() {
  const { api } = useClient()
  const queries = useQueryClient()
  const after = async <Result>(change: Promise<Result>): Promise<Result> => {
    try {
      return await change
    } finally {
      // Also where it was refused: the folder is perhaps not as it is shown.
      await refreshFiles(queries)
    }
  }
  return {
    create: async (courseId: string, fields: FolderFields): Promise<FolderRecord> =>
      (await after(api.createFolder({ body: { ...fields, course_id: courseId } }))).data,
    /** Only what is another is sent: to change who reads needs more than to rename. */
    change: async (folder: FolderRecord, { name, visibility }: FolderFields): Promise<void> => {
      const body = {
        ...(name === folder.name ? {} : { name }),
        ...(visibility === folder.visibility ? {} : { visibility }),
      }
      if (Object.keys(body).length === 0) return
      await after(api.updateFolder({ params: { folder: folder.id }, body }))
    },
    remove: (folder: FolderRecord) =>
      after(api.deleteFolder({ params: { folder: folder.id }, query: { recursive: 'true' } })),
  }
}
