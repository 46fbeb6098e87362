import { archiveUrl } from '@lectern/client'
import type { FileRecord, FolderRecord } from '@lectern/protocol'
import { ownPath } from '../../../lectern/own-path.ts'

/** Safari keeps the last of those that begin at the same time, and no other. */
const APART_MS = 400

function save(path: string): void {
  const link = document.createElement('a')
  link.href = path
  link.download = ''
  link.click()
}

/** One after the other; all of a folder as one ZIP. */
export function download(files: readonly FileRecord[], folder: FolderRecord | undefined): void {
  if (folder !== undefined && files.length > 1) {
    save(archiveUrl(folder.id))
    return
  }
  for (const [at, file] of files.entries()) setTimeout(() => save(ownPath(file.download_url)), at * APART_MS)
}
