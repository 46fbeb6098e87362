import { createHash } from 'node:crypto'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { identify, refuseEarly } from '../../src/modules/files/content/identify.ts'
import type { FileKind } from '../../src/modules/files/files.records.types.ts'

const HEAD_BYTES = 4100

/** What both looks say of these bytes: the early one, at the head, and the verdict on the staged file. */
export async function identified(content: Buffer | string, originalName: string): Promise<FileKind> {
  const bytes = Buffer.from(content)
  const head = bytes.subarray(0, HEAD_BYTES)
  const directory = await mkdtemp(join(tmpdir(), 'lectern-content-'))
  try {
    const path = join(directory, 'staged')
    await writeFile(path, bytes)
    refuseEarly(head, originalName)
    const sha256 = createHash('sha256').update(bytes).digest('hex')
    return await identify({ id: 'staged', path, size: bytes.length, sha256, head }, originalName)
  } finally {
    await rm(directory, { recursive: true })
  }
}
