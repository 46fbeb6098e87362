import { cp, readdir, rename } from 'node:fs/promises'
import { join } from 'node:path'
import { API_BASE, FILE_RECORD_ROUTES, type FileRecord } from '@lectern/protocol'
import { expect, it } from 'vitest'
import { backUp, restore } from '../rig/operator.ts'
import { restOf } from '../rig/rest.ts'
import { type ServerProcess, startServerProcess } from '../rig/server-process.ts'
import { signToken } from '../rig/tokens.ts'
import { upload } from './file-server.ts'
import { PDF } from './samples.ts'

const token = signToken({ sub: 'an' })
const headers = { Authorization: `Bearer ${token}` }

const beside = (server: ServerProcess, name: string) => join(server.dataDir, '..', name)
const objects = (server: ServerProcess) => readdir(join(beside(server, 'uploads'), 'objects'))

/** As `rsync -a`, without `--delete`. */
const copyBytes = (server: ServerProcess, from: string, to: string) =>
  cp(beside(server, from), beside(server, to), { recursive: true, force: true })

const download = (server: ServerProcess, { folder_id, filename }: FileRecord) =>
  fetch(`${server.url}${API_BASE}/files/download/${folder_id}/${filename}`, { headers })

const bytesOf = async (response: Response) => Buffer.from(await response.arrayBuffer())

/** Puts a backup in the database's place while the server is stopped, and starts it. */
async function startFrom(server: ServerProcess, copy: string): Promise<void> {
  await server.kill('SIGTERM')
  await restore(server, copy)
  await server.restart()
}

it('bytes copied before and after the database are all there after a restore, which removes nothing that came later', async () => {
  await using server = await startServerProcess()
  const kept = await upload(server, token, { folder: 'essays', name: 'kept.pdf', bytes: PDF })
  await copyBytes(server, 'uploads', 'bytes')
  const copy = await backUp(server)
  const later = await upload(server, token, { folder: 'essays', name: 'later.pdf', bytes: PDF })
  await copyBytes(server, 'uploads', 'bytes')
  const params = { folder: kept.folder_id, file: kept.filename }
  await restOf(server.url, token)(FILE_RECORD_ROUTES.deleteFile, { params })

  await startFrom(server, copy)
  expect((await download(server, kept)).status).toBe(503)
  await copyBytes(server, 'bytes', 'uploads')
  expect(await bytesOf(await download(server, kept))).toEqual(PDF)
  expect((await download(server, later)).status).toBe(404)
  expect(new Set(await objects(server))).toEqual(new Set([kept.id, later.id]))
})

it('a restore touches no bytes of an upload that was under way at the backup and is a file since', async () => {
  await using server = await startServerProcess()
  const tus = { ...headers, 'Tus-Resumable': '1.0.0' }
  const metadata = Object.entries({ filename: 'essay.pdf', folder: 'essays' })
    .map(([name, value]) => `${name} ${Buffer.from(value).toString('base64')}`)
    .join(',')
  const begun = await fetch(`${server.url}${API_BASE}/files/tus`, {
    method: 'POST',
    headers: { ...tus, 'Upload-Length': String(PDF.length), 'Upload-Metadata': metadata },
  })
  const copy = await backUp(server)
  const place = new URL(begun.headers.get('location') ?? '', server.url)
  const ended = await fetch(place, {
    method: 'PATCH',
    headers: { ...tus, 'Upload-Offset': '0', 'Content-Type': 'application/offset+octet-stream' },
    body: PDF,
  })
  const fileId = ended.headers.get('file-id') ?? ''
  const { data: file } = await restOf(server.url, token)(FILE_RECORD_ROUTES.getFileById, { params: { fileId } })

  await startFrom(server, copy)
  expect((await download(server, file)).status).toBe(404)
  expect(await objects(server)).toEqual([fileId])
  const replaced = (await readdir(server.dataDir)).find((name) => name.includes('before-restore')) ?? ''
  await startFrom(server, join(server.dataDir, replaced))
  expect(await bytesOf(await download(server, file))).toEqual(PDF)
})

it('a database does not start on the files of another one, and says what to set', async () => {
  await using server = await startServerProcess()
  const file = await upload(server, token, { folder: 'essays', name: 'essay.pdf', bytes: PDF })
  await server.kill('SIGTERM')
  await rename(server.dataDir, beside(server, 'away'))
  await expect(server.restart()).rejects.toThrow(
    /ended with 78\.\nUPLOAD_PATH: .* holds the files of another database \(installation .*; this one is .*\): set UPLOAD_PATH and DATA_DIR to what belongs together\n/,
  )
  expect(await objects(server)).toEqual([file.id])
})
