import { execFile } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { startServerProcess } from '../../e2e/rig/server-process.ts'
import { signToken } from '../../e2e/rig/tokens.ts'
import type { Benchmark, Figure } from '../rig/benchmark.ts'
import { writeBigFile } from '../rig/big-file.ts'
import { uploadRaw } from '../rig/raw-upload.ts'
import { alternate, secondsOf } from '../rig/rounds.ts'

const MB = 1_048_576
const execute = promisify(execFile)

export const filesUpload: Benchmark = {
  name: 'files-upload',
  about: 'A file uploaded, hashed and on disk, against `cat > f; sync f; openssl dgst -sha256 f`.',
  async run({ quick }) {
    const megabytes = quick ? 8 : 500
    const directory = await mkdtemp(join(tmpdir(), 'lectern-bench-'))
    await using server = await startServerProcess({
      environment: { QUOTA_BYTES: '0', LIMIT_UPLOADS_PER_MIN: '0' },
    })
    try {
      const source = join(directory, 'source.webm')
      await writeBigFile(source, megabytes * MB)
      const token = signToken({ sub: 'bench', role: 'teacher' })
      const [ours, peer] = await alternate(quick ? 1 : 5, [
        () =>
          secondsOf(async () => {
            const status = await uploadRaw({
              url: server.url,
              token,
              path: source,
              filename: 'lecture.webm',
              folder: 'bench',
            })
            if (status !== 201) throw new Error(`The upload was answered with ${status}.`)
          }),
        () =>
          secondsOf(() =>
            execute('sh', [
              '-c',
              'cat < "$0" > "$1"; sync "$1"; openssl dgst -sha256 "$1"; rm "$1"',
              source,
              join(directory, 'copy'),
            ]),
          ),
      ])
      const figure: Figure = {
        what: `${megabytes} MB`,
        ours: megabytes / ours,
        peer: megabytes / peer,
        unit: 'MB/s',
        value: peer / ours,
        target: { atLeast: 0.8 },
      }
      return [figure]
    } finally {
      await rm(directory, { recursive: true })
    }
  },
}
