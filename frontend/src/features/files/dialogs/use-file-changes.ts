import type { FileRecord, FolderRecord, SignedUrl } from '@lectern/protocol'
import { useQueryClient } from '@tanstack/react-query'
import { useClient } from '../../../lectern/client-context.tsx'
import { refreshFiles } from '../../../lectern/file-queries.ts'

const placeOf = ({ folder_id: folder, filename: file }: FileRecord) => ({ folder, file })

/** What somebody may do with a file; reads the lists again after a change. All throw LecternError. */
export function useFileChanges() {
  const { api } = useClient()
  const queries = useQueryClient()
  const move = async (body: Parameters<typeof api.moveFile>[0]['body']): Promise<FileRecord> => {
    try {
      return (await api.moveFile({ body })).data
    } finally {
      // Also where it was refused: the file is perhaps not as it is shown.
      await refreshFiles(queries)
    }
  }
  return {
    rename: (file: FileRecord, name: string) => move({ ...placeOf(file), to_folder: file.folder_id, to_name: name }),
    move: (file: FileRecord, to: FolderRecord) => move({ ...placeOf(file), to_folder: to.id }),
    share: async (file: FileRecord, seconds: number, disposition: 'inline' | 'attachment'): Promise<SignedUrl> =>
      (await api.createSignedUrl({ body: { ...placeOf(file), expires_in: seconds, disposition } })).data,
    endLink: (id: string) => api.deleteSignedUrl({ params: { id } }),
  }
}
