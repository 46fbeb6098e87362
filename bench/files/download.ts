import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { API_BASE } from '@lectern/protocol'
import { nginxMissing, startNginx } from '../../e2e/rig/nginx.ts'
import { type ServerProcess, startServerProcess } from '../../e2e/rig/server-process.ts'
import { signToken } from '../../e2e/rig/tokens.ts'
import type { Benchmark, Figure } from '../rig/benchmark.ts'
import { writeBigFile } from '../rig/big-file.ts'
import { cpuSeconds } from '../rig/cpu.ts'
import { startPeer } from '../rig/peer.ts'
import { type DownloadOptions, downloadRaw } from '../rig/raw-download.ts'
import { uploadRaw } from '../rig/raw-upload.ts'
import { alternate, median, secondsOf } from '../rig/rounds.ts'

const MB = 1_048_576
const FOLDER = 'bench'
const NAME = 'lecture.webm'
const PREFIX = '/_files'

/** An object's address below any origin in front of the server that it was uploaded to. */
const PATH = `${API_BASE}/files/download/${FOLDER}/${NAME}`

async function startWith(file: string, environment: Record<string, string>, token: string): Promise<ServerProcess> {
  const server = await startServerProcess({ environment: { QUOTA_BYTES: '0', ...environment } })
  const status = await uploadRaw({ url: server.url, token, path: file, filename: NAME, folder: FOLDER })
  if (status !== 201) throw new Error(`The upload was answered with ${status}.`)
  return server
}

/** One way to the file, and the CPU of the processes on it. */
class Way {
  readonly cpu: number[] = []
  readonly #size: number
  readonly #download: DownloadOptions
  readonly #pids: readonly number[]

  constructor(size: number, download: DownloadOptions, ...pids: readonly number[]) {
    this.#size = size
    this.#download = download
    this.#pids = pids
  }

  /** Seconds of a whole download. @throws Error when it is not whole */
  readonly take = async (): Promise<number> => {
    const before = await cpuSeconds(...this.#pids)
    const seconds = await secondsOf(async () => {
      const { status, bytes } = await downloadRaw(this.#download)
      if (status !== 200 || bytes !== this.#size) throw new Error(`${this.#download.url}: ${status}, ${bytes} bytes.`)
    })
    this.cpu.push((await cpuSeconds(...this.#pids)) - before)
    return seconds
  }
}

/** The two lines of one way: how fast, and at what cost. */
function figuresOf(what: string, megabytes: number, ours: Taken, peer: Taken, atLeast: number): Figure[] {
  const [cost, peerCost] = [median(ours.way.cpu.slice(1)), median(peer.way.cpu.slice(1))]
  return [
    {
      what,
      ours: megabytes / ours.seconds,
      peer: megabytes / peer.seconds,
      unit: 'MB/s',
      value: peer.seconds / ours.seconds,
      target: { atLeast },
    },
    {
      what: `${what}: CPU of the server`,
      ours: cost,
      peer: peerCost,
      unit: 's',
      value: cost / peerCost,
      target: undefined,
    },
  ]
}

interface Taken {
  readonly way: Way
  readonly seconds: number
}

export const filesDownload: Benchmark = {
  name: 'files-download',
  about: 'A file downloaded by one client, from the server and through nginx, against express `sendFile`.',
  async run({ quick }) {
    const megabytes = quick ? 8 : 500
    const size = megabytes * MB
    const rounds = quick ? 1 : 5
    const token = signToken({ sub: 'bench', role: 'teacher' })
    const directory = await mkdtemp(join(tmpdir(), 'lectern-bench-'))
    try {
      const source = join(directory, 'source.webm')
      await writeBigFile(source, size)
      await using peer = await startPeer('express-send-file', source)
      await using server = await startWith(source, {}, token)
      const express = new Way(size, { url: `${peer.url}/file` }, peer.pid)
      const direct = new Way(size, { url: server.url + PATH, token }, server.pid)
      const what = `${megabytes} MB`
      if (nginxMissing !== undefined) {
        const [ours, theirs] = await alternate(rounds, [direct.take, express.take])
        return figuresOf(what, megabytes, { way: direct, seconds: ours }, { way: express, seconds: theirs }, 1.7)
      }
      await using behind = await startWith(source, { ACCEL_REDIRECT_PREFIX: PREFIX }, token)
      const objects = join(dirname(behind.dataDir), 'uploads/objects')
      await using nginx = await startNginx({ upstream: behind.url, objects })
      const through = new Way(size, { url: nginx.url + PATH, token }, nginx.pid, behind.pid)
      const [ours, nginxs, theirs] = await alternate(rounds, [direct.take, through.take, express.take])
      const compared = { way: express, seconds: theirs }
      return [
        ...figuresOf(what, megabytes, { way: direct, seconds: ours }, compared, 1.7),
        ...figuresOf(`${what} through nginx`, megabytes, { way: through, seconds: nginxs }, compared, 4),
      ]
    } finally {
      await rm(directory, { recursive: true })
    }
  },
}
