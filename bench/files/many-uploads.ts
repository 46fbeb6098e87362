import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as after } from 'node:timers/promises'
import { Worker } from 'node:worker_threads'
import { type ServerProcess, startServerProcess } from '../../e2e/rig/server-process.ts'
import { signToken } from '../../e2e/rig/tokens.ts'
import type { Benchmark } from '../rig/benchmark.ts'
import { writeBigFile } from '../rig/big-file.ts'
import { growthDuring } from '../rig/memory.ts'
import type { UploadOptions } from '../rig/raw-upload.ts'
import { percentile } from '../rig/rounds.ts'
import { talk } from '../rig/talk.ts'

const MB = 1_048_576
const PER_SECOND = 50

const NO_LIMITS = { QUOTA_BYTES: '0', LIMIT_UPLOADS_PER_MIN: '0', LIMIT_MESSAGES_PER_SEC: '0' }

/** By a thread of their own: what sending gigabytes costs is not to delay those who talk. */
async function uploadAll(server: ServerProcess, path: string, count: number): Promise<void> {
  const token = signToken({ sub: 'bench', role: 'teacher' })
  const uploads = Array.from({ length: count }, (_, index): UploadOptions => {
    return { url: server.url, token, path, filename: `lecture-${index}.webm`, folder: 'bench' }
  })
  await once(new Worker(new URL('../rig/uploads-thread.ts', import.meta.url), { workerData: uploads }), 'exit')
}

export const filesManyUploads: Benchmark = {
  name: 'files-many-uploads',
  about: 'Ten files uploaded at once while two people talk at 50 msg/s: what it costs in memory and in delivery.',
  async run({ quick }) {
    const [count, megabytes, seconds] = quick ? [3, 8, 1] : [10, 500, 20]
    const directory = await mkdtemp(join(tmpdir(), 'lectern-bench-'))
    await using server = await startServerProcess({ environment: NO_LIMITS })
    try {
      const source = join(directory, 'source.webm')
      await writeBigFile(source, megabytes * MB)
      await uploadAll(server, source, 1)
      const alone = await talk({ url: server.url, perSecond: PER_SECOND, until: after(seconds * 1000) })
      const uploads = uploadAll(server, source, count)
      const [growth, during] = await Promise.all([
        growthDuring(server.pid, uploads),
        talk({ url: server.url, perSecond: PER_SECOND, until: uploads }),
      ])
      const [quiet, busy] = [percentile(alone, 0.99), percentile(during, 0.99)]
      const what = `${count} × ${megabytes} MB`
      return [
        { what: `${what}: memory growth`, ours: growth / MB, unit: 'MB', value: growth / MB, target: { atMost: 64 } },
        {
          what: `${what}: p99 of delivery, above ${quiet.toFixed(1)} ms without`,
          ours: busy - quiet,
          unit: 'ms',
          value: busy - quiet,
          target: { atMost: 10 },
        },
      ]
    } finally {
      await rm(directory, { recursive: true })
    }
  },
}
