import { mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { loadSecrets } from './secrets.ts'

let parent: string
let dataDir: string

beforeEach(async () => {
  parent = await mkdtemp(join(tmpdir(), 'lectern-secrets-'))
  dataDir = join(parent, 'data')
})

afterEach(() => rm(parent, { recursive: true }))

describe('generated secrets', () => {
  it('are made at the first start, for their owner alone, and stay', async () => {
    const first = await loadSecrets(dataDir)
    expect(first.localTokenKey).toHaveLength(32)
    expect(first.linkKey).toHaveLength(32)
    expect(first.linkKey).not.toEqual(first.localTokenKey)
    expect((await stat(join(dataDir, 'secrets.json'))).mode & 0o777).toBe(0o600)
    expect(await loadSecrets(dataDir)).toEqual(first)
  })

  it('are the same for all who start at once, and leave no other file', async () => {
    const all = await Promise.all(Array.from({ length: 8 }, () => loadSecrets(dataDir)))
    for (const secrets of all) expect(secrets).toEqual(all[0])
    expect(await readdir(dataDir)).toEqual(['secrets.json'])
  })

  it.each(['', '{}', '{"local_token_key":"c2hvcnQ="}', '[1'])(
    'are not replaced when the file is damaged: %j',
    async (text) => {
      await loadSecrets(dataDir)
      await writeFile(join(dataDir, 'secrets.json'), text)
      await expect(loadSecrets(dataDir)).rejects.toThrow(/^DATA_DIR: .*secrets\.json is damaged/)
    },
  )
})
