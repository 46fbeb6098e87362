import { expect, it } from 'vitest'
import { notFound } from '../../../shared/errors.ts'
import type { ReadableFolder } from '../files.types.ts'
import { readableFiles } from './folder-files.ts'
import type { ArchivedFile, PageOfFolder } from './serving.types.ts'

const names = Array.from({ length: 250 }, (_, index) => `${String(index).padStart(3, '0')}.pdf`)
const fileOf = (filename: string): ArchivedFile => ({ id: filename, filename, mimeType: '', size: 1, createdAt: 0 })

function folderOf(reads: ReadableFolder['reads']) {
  let now = 0
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
    pass: (ms: number) => {
      now += ms
    },
    ports: {
      clock: { now: () => now },
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

it('are all that is in the folder, each file once, however long each takes', async () => {
  const { ports, pass, asked } = folderOf('all')
  for (const [ms, pages] of [
    [0, 3],
    [1001, 250],
  ] as const) {
    const found: string[] = []
    for await (const { id } of readableFiles(ports, undefined, 'folder')) {
      found.push(id)
      pass(ms)
    }
    expect(found).toEqual(names)
    expect(asked.splice(0).length).toBe(pages)
  }
})

it('are of nobody where one reads one’s own and is not signed in', async () => {
  const { ports, asked } = folderOf('own')
  await readableFiles(ports, undefined, 'folder').next()
  expect(asked[0]?.uploadedBy).toBe('')
})

it('FI2: end within a second when the reader may read no more', async () => {
  const { ports, shut, pass } = folderOf('all')
  const files = readableFiles(ports, undefined, 'folder')
  await files.next()
  shut()
  pass(1000)
  await expect(files.next()).rejects.toMatchObject({ code: 'NOT_FOUND' })
})
