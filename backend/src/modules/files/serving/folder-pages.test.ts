import { expect, it } from 'vitest'
import { notFound } from '../../../shared/errors.ts'
import type { ReadableFolder } from '../files.types.ts'
import { readablePages } from './folder-pages.ts'
import type { ArchivedFile, PageOfFolder } from './serving.types.ts'

const names = Array.from({ length: 250 }, (_, index) => `${String(index).padStart(3, '0')}.pdf`)
const fileOf = (filename: string): ArchivedFile => ({ id: filename, filename, mimeType: '', size: 1, createdAt: 0 })

function folderOf(reads: ReadableFolder['reads']) {
  const asked: PageOfFolder[] = []
  let isOpen = true
  const folder = {
    id: 'folder',
    realm: 'local',
    name: 'a',
    ownerId: 'an',
    courseId: null,
    visibility: 'dropbox',
    createdAt: 0,
  } as const
  return {
    asked,
    shut: () => {
      isOpen = false
    },
    ports: {
      access: {
        readableFile: () => Promise.reject(new Error('Not asked for.')),
        readableFolder: async () => {
          if (!isOpen) throw notFound()
          return { folder, reads }
        },
      },
      contents: {
        page: async (page: PageOfFolder) => {
          asked.push(page)
          return names
            .filter((name) => name > (page.after ?? ''))
            .slice(0, page.limit)
            .map(fileOf)
        },
      },
    },
  }
}

it('are all that is in the folder, each file once', async () => {
  const { ports } = folderOf('all')
  const found: string[] = []
  for await (const page of readablePages(ports, undefined, 'folder')) found.push(...page.map(({ id }) => id))
  expect(found).toEqual(names)
})

it('are of nobody where one reads one’s own and is not signed in', async () => {
  const { ports, asked } = folderOf('own')
  await readablePages(ports, undefined, 'folder').next()
  expect(asked[0]?.uploadedBy).toBe('')
})

it('end when the reader may read no more', async () => {
  const { ports, shut } = folderOf('all')
  const pages = readablePages(ports, undefined, 'folder')
  await pages.next()
  shut()
  await expect(pages.next()).rejects.toMatchObject({ code: 'NOT_FOUND' })
})
