import type { Readable } from 'node:stream'
import { DataStore, Upload } from '@tus/server'
import { tusCall } from './tus-call.ts'
import type { TusUploads } from './tus-uploads.service.ts'

/**
 * What the tus server knows of uploads. It is told of no expiration: it would reckon with the time of the process, and
 * not with the server's clock.
 */
export class TusStore extends DataStore {
  readonly #uploads: TusUploads

  constructor(uploads: TusUploads) {
    super()
    this.#uploads = uploads
    this.extensions = ['creation', 'creation-with-upload', 'termination']
  }

  override async create(upload: Upload): Promise<Upload> {
    const { actor, metadata, answer } = tusCall()
    const { id, size = 0 } = upload
    answer.expiresAt = await this.#uploads.create(actor, { id, length: size, metadata })
    answer.created = id
    return upload
  }

  /** Who asks how far it is, when all has come and no file was made, has it made: the request that should was cut off. */
  override async getUpload(id: string): Promise<Upload> {
    const { actor, method, answer } = tusCall()
    const found = await this.#uploads.find(actor, id)
    if (found.kind === 'file') return this.#whole(id, found.file)
    const { entry, offset, length } = found
    if (method === 'HEAD' && offset === length) return this.#whole(id, await this.#uploads.finish(actor, id))
    answer.metadata = entry.metadata['metadata'] ?? ''
    if (entry.expiresAt !== null) answer.expiresAt = entry.expiresAt
    return new Upload({ id, size: length, offset })
  }

  override write(source: Readable, id: string, offset: number): Promise<number> {
    const { actor, checksum } = tusCall()
    return this.#uploads.write(actor, id, { source, offset, checksum })
  }

  override remove(id: string): Promise<void> {
    return this.#uploads.remove(tusCall().actor, id)
  }

  #whole(id: string, { id: fileId, size }: { id: string; size: number }): Upload {
    tusCall().answer.fileId = fileId
    return new Upload({ id, size, offset: size })
  }
}
