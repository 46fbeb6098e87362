import { type Api, LecternError } from '@lectern/client'
import type { FolderRecord } from '@lectern/protocol'

/** One name for everybody, whatever their language; the others where staff keep something else under it. */
const NAMES = ['chat', 'chat-files', 'chat-files-2', 'chat-files-3'] as const

type FoldersApi = Pick<Api, 'listFolders' | 'createFolder'>

/**
 * The course's folder that takes what is attached to messages: one to which all enrolled may add. It is made where there
 * is none: an upload by staff would make one that takes nothing from students.
 * @returns its id
 * @throws LecternError
 */
export async function chatFolder(api: FoldersApi, courseId: string): Promise<string> {
  const folders = await foldersOf(api, courseId)
  for (const name of NAMES) {
    const taken = folders.find((folder) => isNamed(folder, name))
    const folder = taken ?? (await makeFolder(api, courseId, name))
    if (folder?.visibility === 'shared') return folder.id
  }
  throw new LecternError('FORBIDDEN', 'No folder of the course takes files of everybody.')
}

const isNamed = ({ name, visibility }: FolderRecord, wanted: string): boolean =>
  name.toLowerCase() === wanted && visibility !== 'private'

/** @returns undefined where the name is taken by a folder that the caller may not see */
async function makeFolder(api: FoldersApi, courseId: string, name: string): Promise<FolderRecord | undefined> {
  try {
    return (await api.createFolder({ body: { name, course_id: courseId, visibility: 'shared' } })).data
  } catch (error) {
    if (!(error instanceof LecternError) || error.code !== 'CONFLICT') throw error
    // Somebody else has made it meanwhile.
    return (await foldersOf(api, courseId)).find((folder) => isNamed(folder, name))
  }
}

async function foldersOf(api: FoldersApi, courseId: string): Promise<readonly FolderRecord[]> {
  const folders: FolderRecord[] = []
  for (let cursor: string | null | undefined; cursor !== null; ) {
    const query = { course_id: courseId, limit: 100, ...(cursor === undefined ? {} : { cursor }) }
    const { data, meta } = await api.listFolders({ query })
    folders.push(...data)
    cursor = meta.next_cursor
  }
  return folders
}
