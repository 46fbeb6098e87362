import { pipeline } from 'node:stream/promises'
import type { Request, Response } from 'express'
import type { Clock } from '../../../shared/clock.ts'
import { contentDisposition } from '../../../shared/content-disposition.ts'
import type { Logger } from '../../../shared/logger.ts'
import type { StoredFolder } from '../files.records.types.ts'
import type { Storage } from '../storage/storage.types.ts'
import { archiveOf } from './archive.ts'
import { readableFiles } from './folder-files.ts'
import { closeWhenStalled, unlessHungUp } from './hanging-up.ts'
import type { Caller, FolderContentsPort, ServingAccess } from './serving.types.ts'

export interface ArchiveSenderPorts {
  readonly access: ServingAccess
  readonly contents: FolderContentsPort
  readonly storage: Pick<Storage, 'get'>
  /** How long a client may take nothing before its connection is closed. */
  readonly stallMs?: number
  readonly clock: Clock
  readonly logger: Logger
}

/** Answers with a ZIP of what the caller may read of a folder. */
export class ArchiveSender {
  readonly #ports: ArchiveSenderPorts

  constructor(ports: ArchiveSenderPorts) {
    this.#ports = ports
  }

  /** Resolves when all has been sent, or the client is gone. */
  async send(
    request: Request,
    response: Response,
    { actor, folder }: { readonly actor: Caller; readonly folder: StoredFolder },
  ): Promise<void> {
    response.setHeader('Content-Type', 'application/zip')
    response.setHeader('Content-Disposition', contentDisposition('attachment', `${folder.name}.zip`))
    response.setHeader('Cache-Control', 'private, no-store')
    if (request.method === 'HEAD') {
      response.end()
      return
    }
    const { storage, clock, logger, stallMs } = this.#ports
    closeWhenStalled(response, stallMs)
    const archive = archiveOf(readableFiles(this.#ports, actor, folder.id), {
      storage,
      now: clock.now(),
      onMissing: ({ id }) => logger.warn({ file_id: id, folder_id: folder.id }, 'file left out of an archive'),
    })
    await pipeline(archive, response).catch(unlessHungUp)
  }
}
