import { type Api, createApi, LecternError } from '@lectern/client'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { finishDeletions, forgetDeletion, keepDeletion, leftDeletions } from './left-deletions.ts'

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
  const deleted: string[] = []
  const missing = new LecternError('NOT_FOUND', 'No such file.')
  const api = {
    ...createApi({ url: 'http://nowhere.example' }),
    getFileById: async ({ params }: { params: { fileId: string } }): Promise<never> => {
      const filename = names[params.fileId]
      if (filename === undefined) throw missing
      return { data: { folder_id: 'f', filename } } as never
    },
    deleteFile: async ({ params }: Parameters<Api['deleteFile']>[0]): Promise<never> => {
      deleted.push(`${params.folder}/${params.file}`)
      return undefined as never
    },
  }
  return { client: { ...server().client, api }, deleted }
}

describe('a deletion that was sent on leaving', () => {
  it('is made at the next occasion, once, by its own person', async () => {
    for (const id of ['a', 'b', 'a']) keepDeletion(message(id))
    const { client, deleted } = server()
    await finishDeletions(client, 'binh')
    expect(deleted).toEqual([])
    await finishDeletions(client, 'an')
    await finishDeletions(client, 'an')
    expect(deleted).toEqual(['a', 'b'])
    expect(stored.size).toBe(0)
  })

  it('is not made again when it is known to have been made', () => {
    keepDeletion(message('a'))
    keepDeletion(message('b'))
    forgetDeletion(message('a'))
    expect(leftDeletions('message', 'an')).toEqual(['b'])
  })

  it('waits where the connection is lost, and is given up where the server refuses it for good', async () => {
    for (const id of ['a', 'b', 'c']) keepDeletion(message(id))
    const lost = server({ a: new LecternError('FORBIDDEN', 'No.'), c: new LecternError('NETWORK', 'Cut.') })
    await finishDeletions(lost.client, 'an')
    expect(lost.deleted).toEqual(['b'])
    expect(leftDeletions('message', 'an')).toEqual(['c'])
  })

  it.each(['{', '"a"', '[1]', 'null'])('is none where the storage holds %s', (held) => {
    stored.set(KEY, held)
    expect(leftDeletions('message', 'an')).toEqual([])
  })

  it('of a file deletes the one that was meant, whatever it is called by then', async () => {
    for (const id of ['moved', 'gone']) keepDeletion({ kind: 'file', userId: 'an', id })
    const { client, deleted } = fileServer({ moved: 'new name.pdf', other: 'old name.pdf' })
    await finishDeletions(client, 'an')
    expect(deleted).toEqual(['f/new name.pdf'])
    expect(leftDeletions('file', 'an')).toEqual([])
  })
})
