import { type Api, createApi, LecternError } from '@lectern/client'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { finishChanges } from './finish-changes.ts'
import { forgetChange, keepChange, leftChanges, moveId } from './left-changes.ts'

const KEY = 'lectern.deleting.an'
const message = (id: string) => ({ kind: 'message', userId: 'an', id }) as const
let stored: Map<string, string>

beforeEach(() => {
  stored = new Map()
  vi.stubGlobal('localStorage', {
    getItem: (key: string) => stored.get(key) ?? null,
    setItem: (key: string, value: string) => stored.set(key, value),
    removeItem: (key: string) => stored.delete(key),
  })
})
afterEach(() => vi.unstubAllGlobals())

/** A server that refuses some messages. */
function server(refusals: Readonly<Record<string, LecternError>> = {}) {
  const deleted: string[] = []
  const client = {
    emit: async (_name: string, payload: object): Promise<never> => {
      const id = String(Reflect.get(payload, 'message_id'))
      const refusal = refusals[id]
      if (refusal !== undefined) throw refusal
      deleted.push(id)
      // Nobody reads the answer.
      return undefined as never
    },
    api: createApi({ url: 'http://nowhere.example' }),
  }
  return { client, deleted }
}

/** A server that holds files, by id, under the names that they have now. */
function fileServer(names: Readonly<Record<string, string>>) {
  const [deleted, moved]: [string[], string[]] = [[], []]
  const missing = new LecternError('NOT_FOUND', 'No such file.')
  const api = {
    ...createApi({ url: 'http://nowhere.example' }),
    getFileById: async ({ params }: { params: { fileId: string } }): Promise<never> => {
      const filename = names[params.fileId]
      if (filename === undefined) throw missing
      return { data: { folder_id: 'f', filename } } as never
    },
    moveFile: async ({ body }: Parameters<Api['moveFile']>[0]): Promise<never> => {
      moved.push(`${body.folder}/${body.file} to ${body.to_folder}`)
      return undefined as never
    },
    deleteFile: async ({ params }: Parameters<Api['deleteFile']>[0]): Promise<never> => {
      deleted.push(`${params.folder}/${params.file}`)
      return undefined as never
    },
  }
  return { client: { ...server().client, api }, deleted, moved }
}

describe('a change that was made on leaving', () => {
  it('is made at the next occasion, once, by its own person', async () => {
    for (const id of ['a', 'b', 'a']) keepChange(message(id))
    const { client, deleted } = server()
    await finishChanges(client, 'binh')
    expect(deleted).toEqual([])
    await finishChanges(client, 'an')
    await finishChanges(client, 'an')
    expect(deleted).toEqual(['a', 'b'])
    expect(stored.size).toBe(0)
  })

  it('is not made again when it is known to have been made', () => {
    keepChange(message('a'))
    keepChange(message('b'))
    forgetChange(message('a'))
    expect(leftChanges('message', 'an')).toEqual(['b'])
  })

  it('waits where the connection is lost, and is given up where the server refuses it for good', async () => {
    for (const id of ['a', 'b', 'c']) keepChange(message(id))
    const lost = server({ a: new LecternError('FORBIDDEN', 'No.'), c: new LecternError('NETWORK', 'Cut.') })
    await finishChanges(lost.client, 'an')
    expect(lost.deleted).toEqual(['b'])
    expect(leftChanges('message', 'an')).toEqual(['c'])
  })

  it.each(['{', '"a"', '[1]', 'null'])('is none where the storage holds %s', (held) => {
    stored.set(KEY, held)
    expect(leftChanges('message', 'an')).toEqual([])
  })

  it('of a file deletes the one that was meant, whatever it is called by then', async () => {
    for (const id of ['moved', 'gone']) keepChange({ kind: 'file', userId: 'an', id })
    const { client, deleted } = fileServer({ moved: 'new name.pdf', other: 'old name.pdf' })
    await finishChanges(client, 'an')
    expect(deleted).toEqual(['f/new name.pdf'])
    expect(leftChanges('file', 'an')).toEqual([])
  })

  it('of a file moves the one that was meant, unless it is there already, or is gone', async () => {
    for (const id of [moveId('a', 'to'), moveId('b', 'f'), moveId('gone', 'to')]) {
      keepChange({ kind: 'move', userId: 'an', id })
    }
    const { client, moved } = fileServer({ a: 'new name.pdf', b: 'b.pdf' })
    await finishChanges(client, 'an')
    expect(moved).toEqual(['f/new name.pdf to to'])
    expect(leftChanges('move', 'an')).toEqual([])
  })
})
