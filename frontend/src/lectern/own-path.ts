import { thumbnailUrl } from '@lectern/client'
import type { FileRecord } from '@lectern/protocol'

/**
 * The path of a record's URL: the page takes pictures and documents from its own origin alone, which need not be the
 * `PUBLIC_URL` that records are written with.
 */
export function ownPath(url: string): string {
  const { pathname, search } = new URL(url)
  return pathname + search
}

/** Of a picture that is about so many pixels wide; undefined where the file has none. */
export function thumbnailPath(file: Pick<FileRecord, 'thumbnail_url'>, width: 160 | 320 | 640): string | undefined {
  const url = thumbnailUrl(file, width)
  return url === undefined ? undefined : ownPath(url)
}
