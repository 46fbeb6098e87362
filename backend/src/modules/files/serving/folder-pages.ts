import type { ArchivedFile, Caller, FolderContentsPort, ServingAccess } from './serving.types.ts'

const PAGE = 100

/**
 * What somebody may read of a folder, a page at a time; asked anew for each, since a long archive outlives what it began
 * with.
 * @throws AppError as `readableFolder`, also half-way
 */
export async function* readablePages(
  { access, contents }: { readonly access: ServingAccess; readonly contents: FolderContentsPort },
  actor: Caller,
  folderId: string,
): AsyncGenerator<readonly ArchivedFile[]> {
  let after: string | undefined
  for (;;) {
    const { reads } = await access.readableFolder(actor, { folder: folderId })
    const uploadedBy = reads === 'own' ? (actor?.userId ?? '') : undefined
    const page = await contents.page({ folderId, uploadedBy, after, limit: PAGE })
    yield page
    after = page.at(-1)?.filename
    if (page.length < PAGE) return
  }
}
