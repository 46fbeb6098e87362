import { contentDisposition, type Disposition } from '../../../shared/content-disposition.ts'
import type { StoredFile } from '../files.records.types.ts'
import { showsInline } from '../presentation.ts'
import { httpDate, type Validators } from './conditional.ts'

/** The bytes of an object never change: their hash is a strong tag, and they are as old as the record. */
export const validatorsOf = ({ sha256, createdAt }: StoredFile): Validators => ({
  etag: `"${sha256}"`,
  modifiedAt: createdAt,
})

/** Kept by who was given it, and asked for again at each use: who may no longer read is told so at once. */
export const REVALIDATED = 'private, no-cache'

/**
 * What every answer that bears a file says, a 304 too: a browser replaces with it what it has kept.
 * @param allowedOrigins whose pages may show it in a frame
 */
export function fileHeaders(
  file: StoredFile,
  asked: Disposition,
  allowedOrigins: readonly string[],
): Readonly<Record<string, string>> {
  const disposition = asked === 'inline' && showsInline(file) ? 'inline' : 'attachment'
  const { etag, modifiedAt } = validatorsOf(file)
  return {
    'Content-Type': file.mimeType,
    'Content-Disposition': contentDisposition(disposition, file.originalName),
    ETag: etag,
    'Last-Modified': httpDate(modifiedAt),
    'Cache-Control': REVALIDATED,
    ...embeddableHeaders(policyOf(file, disposition), allowedOrigins),
  }
}

/** For what pages of other origins may show; who may read it was asked before. */
export const embeddableHeaders = (
  policy: readonly string[],
  allowedOrigins: readonly string[],
): Readonly<Record<string, string>> => ({
  'Content-Security-Policy': [...policy, ["frame-ancestors 'self'", ...allowedOrigins].join(' ')].join('; '),
  'X-Content-Type-Options': 'nosniff',
  'Cross-Origin-Resource-Policy': 'cross-origin',
})

/** A document that runs nothing, is of no origin, and loads nothing. */
export const INERT: readonly string[] = ['sandbox', "default-src 'none'", "style-src 'unsafe-inline'"]

/** What a browser wraps around an image or a player: its own styles, and the same URL again. */
const SHOWN = ["default-src 'none'", "style-src 'unsafe-inline'", "img-src 'self'", "media-src 'self'"]

function policyOf({ mimeType }: StoredFile, disposition: Disposition): readonly string[] {
  if (disposition === 'attachment' || mimeType === 'image/svg+xml') return INERT
  // Chromium's viewer is a page of its own, which the file's policy would bind: it shows nothing under any of these.
  return mimeType === 'application/pdf' ? [] : SHOWN
}
