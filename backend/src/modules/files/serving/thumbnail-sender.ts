import type { Request, Response } from 'express'
import type { StoredFile } from '../files.records.types.ts'
import { httpDate, isNotModified, type Validators } from './conditional.ts'
import { embeddableHeaders, INERT, REVALIDATED } from './file-headers.ts'
import { setHeaders } from './send-file.ts'
import type { Thumbnails } from './thumbnails.ts'

export interface SentThumbnail {
  readonly file: StoredFile
  readonly width: number
}

/** Answers with a small image in a file's stead. Who may read the file has been asked. */
export class ThumbnailSender {
  readonly #thumbnails: Pick<Thumbnails, 'get'>
  readonly #allowedOrigins: readonly string[]

  constructor(thumbnails: Pick<Thumbnails, 'get'>, allowedOrigins: readonly string[]) {
    this.#thumbnails = thumbnails
    this.#allowedOrigins = allowedOrigins
  }

  /** @throws AppError `NOT_FOUND`, `UNAVAILABLE` */
  async send(request: Request, response: Response, { file, width }: SentThumbnail): Promise<void> {
    const validators = validatorsOf(file, width)
    const headers = {
      'Content-Type': 'image/webp',
      'Content-Disposition': 'inline',
      ETag: validators.etag,
      'Last-Modified': httpDate(validators.modifiedAt),
      'Cache-Control': REVALIDATED,
      ...embeddableHeaders(INERT, this.#allowedOrigins),
    }
    if (isNotModified(request.headers, validators)) {
      setHeaders(response, headers)
      response.status(304).end()
      return
    }
    const image = await this.#thumbnails.get(file, width)
    setHeaders(response, headers)
    response.setHeader('Content-Length', image.length)
    response.end(image)
  }
}

/** Weak: another version of the encoder makes the same image of other bytes. */
const validatorsOf = ({ sha256, createdAt }: StoredFile, width: number): Validators => ({
  etag: `W/"${sha256}-${width}"`,
  modifiedAt: createdAt,
})
