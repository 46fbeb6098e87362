import { Server } from '@tus/server'
import { newId } from '../../../shared/ids.ts'
import { tusCall } from './tus-call.ts'
import { UploadLocks } from './tus-locks.ts'
import { TusStore } from './tus-store.ts'
import type { TusUploads } from './tus-uploads.service.ts'

const UPLOAD_ID = /^[0-9a-f-]{36}$/

/** The tus server of these uploads, below a path. */
export function createTusServer(path: string, uploads: TusUploads): Server {
  const locks = new UploadLocks()
  return new Server({
    path,
    datastore: new TusStore(uploads),
    relativeLocation: true,
    namingFunction: () => newId(),
    getFileIdFromRequest: (_request, last) => (last !== undefined && UPLOAD_ID.test(last) ? last : undefined),
    locker: ({ method }) => locks.locker(method === 'HEAD' || method === 'DELETE'),
    // A request that is asked to end ends with what has arrived, at once.
    lockDrainTimeout: 1,
    onIncomingRequest: async (_request, id) => {
      const { actor, method } = tusCall()
      if (method !== 'POST') await uploads.require(actor, id)
    },
    onUploadFinish: async (_request, { id }) => {
      const { actor, answer: told } = tusCall()
      told.fileId = (await uploads.finish(actor, id)).id
      return {}
    },
    onResponseError: (_request, error) => {
      if (error instanceof Error) tusCall().answer.error = error
      return undefined
    },
  })
}
