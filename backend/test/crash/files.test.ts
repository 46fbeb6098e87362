import { createHash } from 'node:crypto'
import { readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { FileRecord } from '@lectern/protocol'
import { expect, it } from 'vitest'
import { z } from 'zod'
import { leftovers, NOTHING } from '../files/leftovers.ts'
import { TusApi } from '../files/tus-client.ts'
import { pdf, pdfBytes, recordOf, sendForm } from '../files/upload-client.ts'
import { type ServerProcess, startServerProcess } from '../harness/server-process.ts'
import { signTestToken } from '../harness/test-token.ts'

const ROUNDS = Number(process.env['LECTERN_CRASH_ROUNDS'] ?? 4)
const LANES = 4
const noLimits = {
  LIMIT_UPLOADS_PER_MIN: '0',
  LIMIT_EVENTS_PER_SEC: '0',
  LOG_LEVEL: 'info',
}
const rows = z.array(z.object({ id: z.string(), size: z.coerce.number(), sha256: z.string() }))

it(
  `FI17 kill -9 at any moment loses no acked file, shows no half one, and leaves nothing behind (${ROUNDS} rounds)`,
  async () => {
    await using server = await startServerProcess(noLimits)
    const acked = new Map<string, FileRecord>()
    const foreign = [join('staging', 'theirs'), join('objects', 'theirs'), 'theirs'].map((name) =>
      join(server.dataDir, 'uploads', name),
    )
    for (const path of foreign) await writeFile(path, 'foreign')
    for (let round = 0; round < ROUNDS; round++) {
      await killUnderUploads(server, acked)
      await server.restart()
      await expectWhole(server, acked)
      expect(await leftovers(server)).toEqual({ ...NOTHING, staging: ['theirs'], unknownObjects: ['theirs'] })
      for (const path of foreign) expect(await readFile(path, 'utf8')).toBe('foreign')
    }
    expect(acked.size).toBeGreaterThan(ROUNDS)
  },
  60_000 + ROUNDS * 10_000,
)

it('FI21 a resumable upload goes on after kill -9 with the bytes that had come', async () => {
  await using server = await startServerProcess(noLimits)
  const api = new TusApi(server, await token())
  const content = pdfBytes(2_000_000)
  const path = await api.begin(content.length, { filename: 'x.pdf', folder: 'Nộp' })
  for (let killed = 0; killed < 3; killed++) {
    const offset = Number((await api.head(path)).headers.get('upload-offset'))
    expect(offset).toBe(killed * 500_000)
    expect((await api.append(path, offset, content.subarray(offset, offset + 500_000))).status).toBe(204)
    await server.kill('SIGKILL')
    await server.restart()
  }
  const last = await api.append(path, 1_500_000, content.subarray(1_500_000))
  const sha256 = createHash('sha256').update(content).digest('hex')
  expect(await api.record(last.headers.get('file-id'))).toMatchObject({ size: 2_000_000, sha256 })
}, 180_000)

const token = () => signTestToken({ sub: 'an' }, Date.now())

/** Uploads as fast as answers come, until the server is killed after a random time of work. */
async function killUnderUploads(server: ServerProcess, acked: Map<string, FileRecord>): Promise<void> {
  const bearer = await token()
  const lives = 1 + Math.floor(Math.random() * 12)
  let answers = 0
  let killed: Promise<unknown> | undefined
  const lane = async () => {
    for (;;) {
      const size = 1000 + Math.floor(Math.random() * 900_000)
      const answer = await sendForm(server, bearer, '/files/upload', [
        ['folder', 'Nộp'],
        ['file', pdf('x.pdf', size)],
      ]).catch(() => undefined)
      if (answer === undefined) return
      expect(answer.status).toBe(201)
      const record = recordOf(answer)
      acked.set(record.id, record)
      // Not on the answer itself: the others are then all at the same place.
      if (++answers >= lives) setImmediate(() => (killed ??= server.kill('SIGKILL')))
    }
  }
  await Promise.all(Array.from({ length: LANES }, lane))
  await killed
}

/** Every record has its bytes, whether or not its uploader came to hear of it. */
async function expectWhole(server: ServerProcess, acked: ReadonlyMap<string, FileRecord>): Promise<void> {
  const stored = rows.parse(await server.pastServer('select id, size, sha256 from files'))
  const objects = join(server.dataDir, 'uploads', 'objects')
  for (const { id, size, sha256 } of stored) {
    const bytes = await readFile(join(objects, id))
    expect([bytes.length, createHash('sha256').update(bytes).digest('hex')]).toEqual([size, sha256])
  }
  const known = new Map(stored.map((row) => [row.id, row]))
  for (const [id, { sha256 }] of acked) expect(known.get(id)?.sha256).toBe(sha256)
  expect(await readdir(objects)).toHaveLength(stored.length + 1)
}
