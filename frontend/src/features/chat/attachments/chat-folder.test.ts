import { LecternError } from '@lectern/client'
import type { FolderRecord, FolderVisibility } from '@lectern/protocol'
import { describe, expect, it } from 'vitest'
import { chatFolder } from './chat-folder.ts'

type FoldersApi = Parameters<typeof chatFolder>[0]

const folder = (name: string, visibility: FolderVisibility): FolderRecord => ({
  id: `id of ${name}`,
  name,
  owner_id: 'hanh',
  course_id: 'c1',
  visibility,
  created_at: '2026-03-02T05:00:00.000Z',
})

/** Of which the caller sees what is not `hidden`; a page holds two. */
function course(folders: FolderRecord[], hidden: FolderRecord[] = []) {
  const api: FoldersApi = {
    listFolders: async ({ query } = {}) => {
      const from = Number(query?.cursor ?? 0)
      const next_cursor = from + 2 < folders.length ? String(from + 2) : null
      return { data: folders.slice(from, from + 2), meta: { limit: 2, next_cursor } }
    },
    createFolder: async ({ body: { name, visibility = 'course' } }) => {
      const isTaken = [...folders, ...hidden].some((one) => one.name.toLowerCase() === name)
      if (isTaken) throw new LecternError('CONFLICT', 'There is one of this name.')
      const made = folder(name, visibility)
      folders.push(made)
      return { data: made, meta: undefined }
    },
  }
  return { api, folders }
}

describe('the folder of what is attached to messages', () => {
  it('is made as one to which all enrolled add, where there is none', async () => {
    const { api, folders } = course([folder('Slides', 'course')])
    expect(await chatFolder(api, 'c1')).toBe('id of chat')
    expect(folders.at(-1)).toMatchObject({ name: 'chat', visibility: 'shared' })
    expect(await chatFolder(api, 'c1')).toBe('id of chat')
    expect(folders).toHaveLength(2)
  })
  it('is the one that is there, however it is written, on whichever page of them', async () => {
    const others = ['A', 'B', 'C'].map((name) => folder(name, 'course'))
    expect(await chatFolder(course([...others, folder('Chat', 'shared')]).api, 'c1')).toBe('id of Chat')
  })
  it('has another name where that one takes nothing from students, or is not to be seen', async () => {
    expect(await chatFolder(course([folder('chat', 'course')]).api, 'c1')).toBe('id of chat-files')
    expect(await chatFolder(course([], [folder('chat', 'private')]).api, 'c1')).toBe('id of chat-files')
  })
  it('is not one’s own private one of that name', async () => {
    const own = { ...folder('Chat', 'private'), name: 'chat' }
    const { api, folders } = course([own])
    folders.length = 0
    folders.push({ ...own, name: 'CHAT' })
    const answer = chatFolder(
      { ...api, createFolder: async () => ({ data: folder('chat', 'shared'), meta: undefined }) },
      'c1',
    )
    expect(await answer).toBe('id of chat')
  })
  it('is refused where every name is taken otherwise', async () => {
    const taken = ['chat', 'chat-files', 'chat-files-2', 'chat-files-3'].map((name) => folder(name, 'course'))
    await expect(chatFolder(course(taken).api, 'c1')).rejects.toMatchObject({ code: 'FORBIDDEN' })
  })
})
