import { type Api, createApi, LecternError } from '@lectern/client'
import type { FileRecord } from '@lectern/protocol'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { leftChanges } from '../../../lectern/left-changes.ts'
import { makeChanges } from './make-changes.ts'

beforeEach(() => {
  const stored = new Map<string, string>()
  vi.stubGlobal('localStorage', {
    getItem: (key: string) => stored.get(key) ?? null,
    setItem: (key: string, value: string) => stored.set(key, value),
    removeItem: (key: string) => stored.delete(key),
  })
})
afterEach(() => vi.unstubAllGlobals())

/** Each answers deletions with what is thrown for it, one after the other. */
function serverOf(refusals: Readonly<Record<string, LecternError[]>>) {
  const deleted: string[] = []
  const api = {
    ...createApi({ url: 'http://nowhere.example' }),
    getFileById: async ({ params }: { params: { fileId: string } }): Promise<never> =>
      ({ data: { folder_id: 'f', filename: params.fileId } }) as never,
    deleteFile: async ({ params }: Parameters<Api['deleteFile']>[0]): Promise<never> => {
      const refusal = refusals[params.file]?.shift()
      if (refusal !== undefined) throw refusal
      deleted.push(params.file)
      return undefined as never
    },
  }
  return { client: { api, emit: async (): Promise<never> => undefined as never }, deleted }
}

const deletionOf = (id: string) => ({
  file: { id, filename: id } as FileRecord,
  change: { kind: 'file', userId: 'an', id } as const,
})

const ids = Array.from({ length: 9 }, (_, at) => `file ${at}`)

it('makes all of them, waits where there are too many at once, and tells which failed', async () => {
  const tooMany = () => new LecternError('RATE_LIMITED', 'Wait.', { details: { retry_after_ms: 1 } })
  const { client, deleted } = serverOf({
    'file 1': [new LecternError('FORBIDDEN', 'No.')],
    'file 4': [tooMany(), tooMany()],
    'file 7': [new LecternError('NETWORK', 'Cut.')],
  })
  const failed = await makeChanges(client, ids.map(deletionOf))
  expect(failed.map(({ file }) => file.id).sort()).toEqual(['file 1', 'file 7'])
  expect(deleted.sort()).toEqual(ids.filter((id) => id !== 'file 1' && id !== 'file 7'))
})

it('takes what somebody else has deleted as deleted', async () => {
  const { client } = serverOf({ 'file 0': [new LecternError('NOT_FOUND', 'Gone.')] })
  expect(await makeChanges(client, ids.map(deletionOf))).toEqual([])
})

it('keeps for the next occasion what is under way, and nothing of what was answered', async () => {
  const { client } = serverOf({ 'file 2': [new LecternError('NETWORK', 'Cut.')] })
  const making = makeChanges(client, ids.map(deletionOf))
  expect(leftChanges('file', 'an')).toEqual(ids)
  await making
  expect(leftChanges('file', 'an')).toEqual([])
})
