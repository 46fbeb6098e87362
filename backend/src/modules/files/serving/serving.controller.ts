import type { FILE_ROUTES } from '@lectern/protocol'
import type { RouteHandlers } from '../../../http/route-binder.types.ts'
import { linkUrl, type SignedLink } from '../signed-links.ts'
import type { ArchiveSender } from './archive-sender.ts'
import type { FileSender } from './send-file.ts'
import type { ServingAccess, SignedUrlPort } from './serving.types.ts'
import type { ThumbnailSender } from './thumbnail-sender.ts'

export interface ServingPorts {
  readonly access: ServingAccess
  readonly signedUrls: SignedUrlPort
  readonly files: FileSender
  readonly thumbnails: ThumbnailSender
  readonly archives: ArchiveSender
}

type ServingRoute = 'downloadFile' | 'viewFile' | 'getThumbnail' | 'archiveFolder' | 'openSignedUrl'

/** Everything that sends bytes out. */
export const servingHandlers = ({
  access,
  signedUrls,
  files,
  thumbnails,
  archives,
}: ServingPorts): Pick<RouteHandlers<typeof FILE_ROUTES>, ServingRoute> => ({
  downloadFile: async ({ actor, params, query, request, response }) => {
    const file = await access.readableFile(actor, { ...params, courseId: query.course_id })
    await files.send(request, response, { file, disposition: 'attachment' })
  },
  viewFile: async ({ actor, params, query, request, response }) => {
    const file = await access.readableFile(actor, { ...params, courseId: query.course_id })
    await files.send(request, response, { file, disposition: 'inline' })
  },
  getThumbnail: async ({ actor, params, query, request, response }) => {
    const file = await access.readableFile(actor, { ...params, courseId: query.course_id })
    await thumbnails.send(request, response, { file, width: query.w })
  },
  archiveFolder: async ({ actor, params, query, request, response }) => {
    const { folder } = await access.readableFolder(actor, { ...params, courseId: query.course_id })
    await archives.send(request, response, { actor, folder })
  },
  openSignedUrl: async ({ params, query, request, response }) => {
    // Where the link leads to is nobody's who is linked to from the file.
    response.setHeader('Referrer-Policy', 'no-referrer')
    const opened = await signedUrls.open(linkOf({ ...params, ...query }, request.originalUrl))
    await files.send(request, response, opened)
  },
})

interface PresentedLink {
  readonly id: string
  /** Seconds since the epoch. */
  readonly expires: string
  readonly disposition: string
  readonly signature: string
}

/** It opens as it was made: in another spelling, or with anything added, it is another link. */
function linkOf({ id, expires, disposition, signature }: PresentedLink, asked: string): SignedLink | undefined {
  if (disposition !== 'attachment' && disposition !== 'inline') return undefined
  const link: SignedLink = { id, expires: Number(expires), disposition, signature }
  return linkUrl('', link) === asked ? link : undefined
}
