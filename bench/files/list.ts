import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { type ServerProcess, startServerProcess } from '../../e2e/rig/server-process.ts'
import { signToken } from '../../e2e/rig/tokens.ts'
import type { Benchmark, Figure } from '../rig/benchmark.ts'
import { percentile } from '../rig/rounds.ts'

const execute = promisify(execFile)
const FOLDER = 'bench'
/** The smallest GIF there is: one pixel (GIF89a). */
const PIXEL = Buffer.from('R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7', 'base64')

const NO_LIMITS = { LIMIT_EVENTS_PER_SEC: '0' }

type Call = (path: string, init?: RequestInit) => Promise<Response>

/** @returns the file's id */
async function upload(call: Call): Promise<string> {
  const form = new FormData()
  form.set('folder', FOLDER)
  form.append('file', new Blob([PIXEL]), 'first.gif')
  const answer = await call('/files/upload', { method: 'POST', body: form })
  if (answer.status !== 201) throw new Error(`The upload was answered with ${answer.status}.`)
  const { data }: { data: { id: string } } = await answer.json()
  return data.id
}

/** A hundred thousand uploads take an hour: their records are made by the server's own operations, while it stands still. */
async function fill(server: ServerProcess, fileId: string, count: number): Promise<void> {
  const script = fileURLToPath(new URL('../../backend/test/fill-folder.script.ts', import.meta.url))
  await server.kill('SIGTERM')
  await execute(process.execPath, ['--conditions=source', script, server.dataDir, fileId, String(count)])
  await server.restart()
}

/** @returns how long each page took, in ms */
async function readPages(call: Call, query: string, pages: number): Promise<number[]> {
  const taken: number[] = []
  let cursor = ''
  for (let page = 0; page < pages; page++) {
    const start = performance.now()
    const answer = await call(`/files/list/${FOLDER}?limit=100&${query}${cursor}`)
    const { data, meta }: { data: unknown[]; meta: { next_cursor: string | null } } = await answer.json()
    taken.push(performance.now() - start)
    if (data.length === 0) throw new Error('A page is empty.')
    cursor = meta.next_cursor === null ? '' : `&cursor=${encodeURIComponent(meta.next_cursor)}`
  }
  return taken
}

export const filesList: Benchmark = {
  name: 'files-list',
  about: 'Pages of 100 of a folder of 100,000 files, in each order.',
  async run({ quick }) {
    const [count, first, pages] = quick ? [400, 1, 20] : [100_000, 200, 300]
    await using server = await startServerProcess({ environment: NO_LIMITS })
    const headers = { Authorization: `Bearer ${signToken({ sub: 'bench', role: 'teacher' })}` }
    const call: Call = (path, init) => fetch(`${server.url}/api/v1${path}`, { ...init, headers })
    await fill(server, await upload(call), count)
    const figures: Figure[] = []
    const sorts = ['created_at', 'name', 'size']
    // What a server that has just started compiles is not a page's, and of no order more than of the others.
    for (const sort of sorts) await readPages(call, `sort=${sort}`, first)
    for (const sort of sorts) {
      const p99 = percentile(await readPages(call, `sort=${sort}`, pages), 0.99)
      figures.push({ what: `by ${sort}: p99 of a page`, ours: p99, unit: 'ms', value: p99, target: { atMost: 10 } })
    }
    return figures
  },
}
