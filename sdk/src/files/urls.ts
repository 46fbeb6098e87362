import { API_BASE, type FileRecord } from '@lectern/protocol'

/** Of the tus server: absolute, since tus-js-client finds out by it where `Location` leads. @param url the server's origin */
export function uploadEndpoint(url: string): string {
  const path = `${API_BASE}/files/tus`
  const base = url === '' ? globalThis.location?.href : url
  return base === undefined ? path : new URL(path, base).href
}

/** Of a folder's files as one ZIP, for an `<a href>`. @param folder its id */
export const archiveUrl = (folder: string, url = ''): string =>
  `${url.replace(/\/+$/, '')}${API_BASE}/files/archive/${encodeURIComponent(folder)}`

/** Of the file's thumbnail, at most so many pixels wide; undefined where it has none. */
export function thumbnailUrl({ thumbnail_url }: Pick<FileRecord, 'thumbnail_url'>, width: 160 | 320 | 640) {
  if (thumbnail_url === null) return undefined
  const url = new URL(thumbnail_url)
  url.searchParams.set('w', String(width))
  return url.href
}
