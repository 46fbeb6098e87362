import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { claimUploadPath } from '../../src/modules/files/storage/installation.ts'
import { LocalStorage } from '../../src/modules/files/storage/local-storage.ts'
import { StartError } from '../../src/shared/start-error.ts'
import { runToEnd } from '../harness/server-process.ts'
import { startTestServer } from '../harness/start-test-server.ts'
import { storageContract } from './storage-contract.ts'

async function temporaryFolder(): Promise<{ path: string } & AsyncDisposable> {
  const path = await mkdtemp(join(tmpdir(), 'lectern-storage-'))
  return { path, [Symbol.asyncDispose]: () => rm(path, { recursive: true }) }
}

storageContract('local disk', async () => {
  const folder = await temporaryFolder()
  return { storage: new LocalStorage(folder.path), [Symbol.asyncDispose]: folder[Symbol.asyncDispose] }
})

describe('storage: local disk alone', () => {
  it('does not answer when its volume is gone', async () => {
    await using folder = await temporaryFolder()
    await expect(new LocalStorage(join(folder.path, 'gone')).check()).rejects.toMatchObject({ code: 'ENOENT' })
  })
})

const one = { installationId: 'one', hasFiles: false }
const two = { installationId: 'two', hasFiles: false }

describe('the upload path', () => {
  it('FI18 bears the installation id of its database, at every start the same', async () => {
    await using folder = await temporaryFolder()
    const path = join(folder.path, 'a', 'b')
    const directories = await claimUploadPath(path, one)
    expect(directories.objects).toBe(join(path, 'objects'))
    expect(JSON.parse(await readFile(join(path, 'lectern.json'), 'utf8'))).toEqual({ installation_id: 'one' })
    expect(await claimUploadPath(path, one)).toEqual(directories)
  })

  it('FI18 another database’s stops the start, and stays as it is', async () => {
    await using folder = await temporaryFolder()
    await claimUploadPath(folder.path, one)
    await expect(claimUploadPath(folder.path, two)).rejects.toThrow(StartError)
    await expect(claimUploadPath(folder.path, two)).rejects.toThrow(/UPLOAD_PATH.*one.*two/)
    expect(JSON.parse(await readFile(join(folder.path, 'lectern.json'), 'utf8'))).toEqual({ installation_id: 'one' })
  })

  it('FI18 one whose mark is damaged stops the start', async () => {
    await using folder = await temporaryFolder()
    await writeFile(join(folder.path, 'lectern.json'), '{')
    await expect(claimUploadPath(folder.path, one)).rejects.toThrow(/UPLOAD_PATH.*damaged/)
  })

  it('FI19 one without a mark stops the start of a database that has files, and stays unmarked', async () => {
    await using folder = await temporaryFolder()
    const claimed = claimUploadPath(folder.path, { ...one, hasFiles: true })
    await expect(claimed).rejects.toThrow(/^UPLOAD_PATH: .* does not hold the files .* installation one/)
    expect(await readdir(folder.path)).toEqual([])
    await claimUploadPath(folder.path, one)
    await claimUploadPath(folder.path, { ...one, hasFiles: true })
  })

  it('FI18 one that cannot be written ends the process with 78 and one line that names it', async () => {
    await using folder = await temporaryFolder()
    await writeFile(join(folder.path, 'file'), '')
    const environment = { DATA_DIR: join(folder.path, 'data'), UPLOAD_PATH: join(folder.path, 'file'), PORT: '0' }
    const { code, stderr } = await runToEnd(folder.path, environment)
    expect([code, stderr.trim().split('\n')]).toEqual([78, [expect.stringContaining('UPLOAD_PATH')]])
  })

  it('FI17 what else is in it is left alone', async () => {
    await using folder = await temporaryFolder()
    await mkdir(join(folder.path, 'staging'))
    await writeFile(join(folder.path, 'staging', 'foreign'), 'theirs')
    await using server = await startTestServer({ env: { UPLOAD_PATH: folder.path } })
    await server.restart()
    expect(await readFile(join(folder.path, 'staging', 'foreign'), 'utf8')).toBe('theirs')
  })
})
