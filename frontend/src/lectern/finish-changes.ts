import { type LecternClient, LecternError } from '@lectern/client'
import { forgetChange, LEFT_KINDS, type LeftChange, type LeftKind, leftChanges } from './left-changes.ts'

type Client = Pick<LecternClient, 'emit' | 'api'>

const MAKE: Readonly<Record<LeftKind, (client: Client, id: string) => Promise<unknown>>> = {
  message: (client, id) => client.emit('chat:delete_message', { message_id: id }),
  // By now another file may have its name: the record tells where the one that was meant is.
  file: async ({ api }, fileId) => {
    const { data } = await api.getFileById({ params: { fileId } })
    await api.deleteFile({ params: { folder: data.folder_id, file: data.filename } })
  },
  move: async ({ api }, id) => {
    const [fileId = '', to = ''] = id.split('/')
    const { data } = await api.getFileById({ params: { fileId } })
    if (data.folder_id === to) return
    await api.moveFile({ body: { folder: data.folder_id, file: data.filename, to_folder: to } })
  },
}

/** Over the person's own connection: the cookie may be another's by now. @throws LecternError */
export const makeChange = (client: Client, { kind, id }: LeftChange): Promise<unknown> => MAKE[kind](client, id)

/** What is refused for good is given up. */
export async function finishChanges(client: Client, userId: string): Promise<void> {
  for (const kind of LEFT_KINDS) await finish(client, kind, userId)
}

async function finish(client: Client, kind: LeftKind, userId: string): Promise<void> {
  for (const id of leftChanges(kind, userId)) {
    const change = { kind, userId, id }
    try {
      await makeChange(client, change)
    } catch (error) {
      if (!(error instanceof LecternError)) throw error
      if (error.shouldRetry()) return
    }
    forgetChange(change)
  }
}
