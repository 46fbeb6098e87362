import { rm, symlink } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { mountTmpfs, temporaryFolder } from '../harness/small-disk.ts'
import { startTestServer, type TestServer } from '../harness/start-test-server.ts'
import { leftovers, NOTHING } from './leftovers.ts'
import { TusApi } from './tus-client.ts'
import { pdfBytes } from './upload-client.ts'

const metadata = { filename: 'a.pdf', folder: 'x' }
const MB = 1_048_576

const apiOf = async (server: TestServer) => new TusApi(server, await server.token({ sub: 'an' }))

describe('a resumable upload whose disk fails', () => {
  it('FI16 while it syncs ahead, is refused, and nothing of it is gone on with', async () => {
    await using server = await startTestServer()
    const api = await apiOf(server)
    const content = pdfBytes(17 * MB)
    const path = await api.begin(content.length, metadata)
    const staged = join(server.dataDir, 'uploads', 'staging', basename(path))
    await rm(staged)
    // Takes every byte, and cannot be synced.
    await symlink('/dev/null', staged)
    const refused = await api.append(path, 0, content)
    expect([refused.status, refused.error?.code]).toEqual([500, 'INTERNAL'])
    expect((await api.head(path)).status).toBe(404)
    expect((await api.send({ method: 'DELETE', path })).status).toBe(204)
    expect(await leftovers(server)).toEqual(NOTHING)
  })

  describe.skipIf(process.getuid?.() !== 0)('because it is full', () => {
    it('FI16 is STORAGE_FULL, goes on from where the chunk began, and leaves its room to others', async ({ skip }) => {
      await using folder = await temporaryFolder()
      await using disk = await mountTmpfs(folder.path, 'size=8m')
      if (disk === undefined) return skip('NOT TESTED: this machine mounts no tmpfs')
      await using server = await startTestServer({ env: { UPLOAD_PATH: folder.path } })
      const api = await apiOf(server)
      const content = pdfBytes(20 * MB)
      const path = await api.begin(content.length, metadata)
      expect((await api.append(path, 0, content.subarray(0, MB))).status).toBe(204)
      const full = await api.append(path, MB, content.subarray(MB))
      expect([full.status, full.error?.details?.['reason']]).toEqual([507, 'disk'])
      expect((await api.head(path)).headers.get('upload-offset')).toBe(String(MB))
      const other = await api.begin(5 * MB, metadata)
      expect((await api.append(other, 0, pdfBytes(5 * MB))).headers.has('file-id')).toBe(true)
    })

    it('FI25 when it is to begin, holds nothing of the quota', async ({ skip }) => {
      await using folder = await temporaryFolder()
      // For the store's own directories and its mark.
      await using disk = await mountTmpfs(folder.path, 'size=8m,nr_inodes=5')
      if (disk === undefined) return skip('NOT TESTED: this machine mounts no tmpfs')
      await using server = await startTestServer({ env: { UPLOAD_PATH: folder.path, QUOTA_BYTES: '9000' } })
      const api = await apiOf(server)
      const reasons: unknown[] = []
      for (let tries = 0; tries < 2; tries++) {
        const { status, error } = await api.create(6000, metadata)
        reasons.push([status, error?.details?.['reason']])
      }
      expect(reasons).toEqual([
        [507, 'disk'],
        [507, 'disk'],
      ])
    })
  })
})
