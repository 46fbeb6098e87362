// Fills the folder of a file with records like it, through the operations that uploads end in, without bytes:
// `fill-folder.script.ts <data directory> <file id> <count>`, while no server runs. What a folder's pages are read from.

import { databaseFile } from '../src/database/sqlite/files.ts'
import { openSqlite } from '../src/database/sqlite/open-sqlite.ts'
import { FilesRepository } from '../src/modules/files/files.repository.store.ts'
import { UploadJournal } from '../src/modules/files/upload/journal.repository.ts'
import { newId } from '../src/shared/ids.ts'

/** Twice what one commit takes: the next is full when it begins. */
const AT_ONCE = 1024

const [dataDir = '', fileId = '', count = ''] = process.argv.slice(2)
const database = await openSqlite({ file: databaseFile(dataDir) })
const files = new FilesRepository(database)
const journal = new UploadJournal(database)
const like = await files.file(fileId)
if (like === undefined) throw new Error(`There is no file ${fileId}.`)
const { folder, ...model } = like
const { realm } = folder

async function add(number: number): Promise<void> {
  const [id, now] = [newId(), model.createdAt + number]
  const begun = { id, realm, kind: 'form', userId: model.uploadedBy, metadata: {}, reserved: 0 } as const
  await journal.begin({ entry: { ...begun, length: null, createdAt: now, expiresAt: null }, quota: 0 })
  // Numbered in no order, so that names come in another than times.
  const name = `picture ${(number * 7919) % Number(count)}.gif`
  const named = { id, originalName: name, filename: name, size: model.size + (number % 1000) }
  await files.add({ ...model, ...named, realm, exactName: true, target: { kind: 'folder', folder }, quota: 0, now })
}

let next = 0
const addSome = async () => {
  while (next < Number(count)) await add(next++)
}
await Promise.all(Array.from({ length: AT_ONCE }, addSome))
await database.close()
