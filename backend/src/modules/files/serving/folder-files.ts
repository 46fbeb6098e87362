import type { Clock } from '../../../shared/clock.ts'
import type { ArchivedFile, Caller, FolderContentsPort, ServingAccess } from './serving.types.ts'

const PAGE = 100
/** A page of recordings is sent for hours. */
const PAGE_MS = 1000

/**
 * What somebody may read of a folder. They are asked for anew with each page of it, and a page is good for a second: a
 * long archive outlives what it began with.
 * @throws AppError as `readableFolder`, also half-way
 */
export async function* readableFiles(
  {
    access,
    contents,
    clock,
  }: { readonly access: ServingAccess; readonly contents: FolderContentsPort; readonly clock: Clock },
  actor: Caller,
  folderId: string,
): AsyncGenerator<ArchivedFile> {
  let after: string | undefined
  for (;;) {
    const until = clock.now() + PAGE_MS
    const { reads } = await access.readableFolder(actor, { folder: folderId })
    const uploadedBy = reads === 'own' ? (actor?.userId ?? '') : undefined
    const page = await contents.page({ folderId, uploadedBy, after, limit: PAGE })
    let taken = 0
    for (const file of page) {
      if (taken > 0 && clock.now() >= until) break
      yield file
      after = file.filename
      taken++
    }
    if (taken === page.length && page.length < PAGE) return
  }
}
