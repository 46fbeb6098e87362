import type { Clock } from '../../../shared/clock.ts'
import type { Logger } from '../../../shared/logger.ts'
import type { Storage } from '../storage/storage.types.ts'
import { ArchiveSender } from './archive-sender.ts'
import { FileSender } from './send-file.ts'
import { servingHandlers } from './serving.controller.ts'
import type { FolderContentsPort, ServingAccess, SignedUrlPort } from './serving.types.ts'
import { ThumbnailSender } from './thumbnail-sender.ts'
import { Thumbnails } from './thumbnails.ts'

export interface ServingDependencies {
  readonly storage: Storage
  readonly access: ServingAccess
  readonly contents: FolderContentsPort
  readonly signedUrls: SignedUrlPort
  /** There already. */
  readonly thumbnailDirectory: string
  readonly allowedOrigins: readonly string[]
  readonly accelPrefix: string | undefined
  readonly stallMs?: number
  readonly clock: Clock
  readonly logger: Logger
}

export interface Serving {
  readonly handlers: ReturnType<typeof servingHandlers>
  /** What has to be forgotten of a file that is gone. */
  readonly thumbnails: Pick<Thumbnails, 'forget'>
}

/** Everything that sends bytes out, put together. */
export function createServing(ports: ServingDependencies): Serving {
  const { access, signedUrls, allowedOrigins } = ports
  const thumbnails = new Thumbnails({ ...ports, directory: ports.thumbnailDirectory })
  return {
    handlers: servingHandlers({
      access,
      signedUrls,
      files: new FileSender(ports),
      thumbnails: new ThumbnailSender(thumbnails, allowedOrigins),
      archives: new ArchiveSender(ports),
    }),
    thumbnails,
  }
}
