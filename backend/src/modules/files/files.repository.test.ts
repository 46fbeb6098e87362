import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openTestDatabase, type TestDatabase } from '../../../test/open-test-database.ts'
import { newId } from '../../shared/ids.ts'
import type { NewFile, UploadTarget } from './files.records.types.ts'
import { FileReportsRepository } from './files.repository.reports.ts'
import { FilesRepository } from './files.repository.store.ts'
import { FolderRepository } from './folders.repository.ts'
import { UploadJournal } from './upload/journal.repository.ts'

const NOW = Date.parse('2026-03-02T08:00:00.000Z')

let test: TestDatabase
beforeAll(async () => {
  test = await openTestDatabase()
})
afterAll(() => test[Symbol.asyncDispose]())

function open() {
  const { database } = test
  const [files, folders, journal] = [
    new FilesRepository(database),
    new FolderRepository(database),
    new UploadJournal(database),
  ]
  const userId = newId()
  const begin = async (reserved = 0): Promise<string> => {
    const id = newId()
    const row = { id, kind: 'tus', realm: 'external', userId, metadata: {}, reserved, length: null } as const
    await journal.begin({ entry: { ...row, createdAt: NOW, expiresAt: NOW + 1 }, quota: 0 })
    return id
  }
  const fileOf = (id: string, target: UploadTarget, more: Partial<NewFile> = {}): NewFile => ({
    ...{ id, target, realm: 'external', exactName: false, mimeType: 'application/pdf', category: 'document' },
    ...{ originalName: 'bài.pdf', filename: 'bài.pdf', size: 1000, sha256: '0'.repeat(64), description: null },
    ...{ uploadedBy: userId, uploadedByName: 'An', quota: 0, now: NOW },
    ...more,
  })
  const add = async (target: UploadTarget, more: Partial<NewFile> = {}) =>
    files.add(fileOf(await begin(more.size), target, more))
  return { userId, files, folders, journal, begin, fileOf, add, reports: new FileReportsRepository(database) }
}

const named = (name: string): UploadTarget => ({ kind: 'new', name, courseId: null, visibility: 'dropbox' })

const changed = { code: 'CONFLICT', details: { reason: 'folder_changed' } }

describe('a record', () => {
  it('makes its folder, or is put into the one of its name that somebody has made meanwhile', async () => {
    const { add } = open()
    const name = newId()
    const [first, second] = await Promise.all([add(named(name)), add(named(name.toUpperCase()))])
    expect(second.folder).toEqual(first.folder)
    expect([first.filename, second.filename]).toEqual(['bài.pdf', 'bài (2).pdf'])
  })

  it('is refused where the folder is not what was asked for any more: who may add has to be asked anew', async () => {
    const { add, folders, files, userId } = open()
    const name = newId()
    const { folder, id } = await add(named(name))
    const change = { folderId: folder.id, onlyFilesOf: undefined, name }
    await folders.change({ ...change, visibility: 'public' })
    await expect(add(named(name))).rejects.toMatchObject(changed)
    await expect(add({ kind: 'folder', folder })).rejects.toMatchObject(changed)
    await files.remove({ fileIds: [id], now: NOW })
    await folders.remove(folder.id)
    await expect(add({ kind: 'folder', folder })).rejects.toMatchObject(changed)
    expect(await files.folderInScope({ kind: 'owner', ownerId: userId }, name)).toBeUndefined()
  })

  it('ends its upload, and what was held for that counts as used', async () => {
    const { begin, files, fileOf, journal, reports, userId } = open()
    const id = await begin(1000)
    expect([await reports.usedBy(userId), await journal.usageOf(userId)]).toEqual([0, 1000])
    await files.add(fileOf(id, named(newId())))
    expect([await reports.usedBy(userId), await journal.usageOf(userId)]).toEqual([1000, 1000])
    expect(await journal.find(id)).toBeUndefined()
  })

  it('is not made of an upload that has ended: its bytes are gone', async () => {
    const { begin, files, fileOf, journal } = open()
    const id = await begin()
    await journal.end(id, NOW)
    await expect(files.add(fileOf(id, named(newId())))).rejects.toMatchObject({ code: 'CONFLICT' })
    expect(await files.file(id)).toBeUndefined()
  })

  it('that would pass the quota leaves upload, folder and usage as they were', async () => {
    const { begin, files, fileOf, journal, userId } = open()
    const name = newId()
    const id = await begin()
    const refused = files.add(fileOf(id, named(name), { quota: 999 }))
    await expect(refused).rejects.toMatchObject({ code: 'STORAGE_FULL', details: { reason: 'quota' } })
    expect(await journal.find(id)).toBeDefined()
    expect(await journal.usageOf(userId)).toBe(0)
    expect(await files.folderInScope({ kind: 'realm', realm: 'external' }, name)).toBeUndefined()
  })

  it('finds the next free name among hundreds that are taken', async () => {
    const { add } = open()
    const { folder } = await add(named(newId()))
    const target = { kind: 'folder', folder } as const
    const stored = await Promise.all(Array.from({ length: 300 }, () => add(target)))
    expect(stored.at(-1)?.filename).toBe('bài (301).pdf')
    await expect(add(target, { exactName: true })).rejects.toMatchObject({ code: 'CONFLICT' })
  })
})

describe('moving', () => {
  it('ends where either folder is not what was asked for any more: who may has to be asked anew', async () => {
    const { add, folders, files } = open()
    const [one, other] = [await add(named(newId())), await add(named(newId()))]
    const names = { filename: 'x.pdf', originalName: 'x.pdf', exactName: true }
    const move = () => files.move({ ...names, fileId: one.id, from: one.folder, to: other.folder })
    const become = ({ folder }: typeof one, visibility: 'public' | 'dropbox') =>
      folders.change({ folderId: folder.id, onlyFilesOf: undefined, name: folder.name, visibility })
    await become(other, 'public')
    await expect(move()).rejects.toMatchObject(changed)
    await become(other, 'dropbox')
    await become(one, 'public')
    await expect(move()).rejects.toMatchObject(changed)
    await become(one, 'dropbox')
    expect((await move()).folder.id).toBe(other.folder.id)
  })
})

describe('removing', () => {
  it('notes the bytes as unwanted, gives the quota back, and counts a file once', async () => {
    const { add, files, journal, userId } = open()
    const { id } = await add(named(newId()))
    const removed = await Promise.all([1, 2].map(() => files.remove({ fileIds: [id], now: NOW })))
    expect(removed.flat()).toEqual([id])
    expect(await files.unwanted()).toContain(id)
    expect(await journal.usageOf(userId)).toBe(0)
    await files.forgetUnwanted([id])
    expect(await files.unwanted()).not.toContain(id)
  })

  it('of a folder’s files ends where it holds others’, when it may hold none', async () => {
    const { add, folders, files } = open()
    const { folder, id } = await add(named(newId()))
    const emptying = { folderId: folder.id, onlyFilesOf: 'somebody else', limit: 10, now: NOW }
    await expect(folders.empty(emptying)).rejects.toMatchObject({ code: 'FORBIDDEN' })
    expect(await files.file(id)).toBeDefined()
    expect(await folders.remove(folder.id)).toBe(false)
  })
})
