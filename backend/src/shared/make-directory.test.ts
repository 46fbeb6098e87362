import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { makeDirectory } from './make-directory.ts'

describe('making a directory', () => {
  let folder: string
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'lectern-directory-'))
  })
  afterAll(() => rm(folder, { recursive: true }))

  it('makes those above it too, for the server alone, and leaves one that is there', async () => {
    const path = join(folder, 'a', 'b', 'c')
    makeDirectory(path)
    makeDirectory(path)
    makeDirectory(`${path}/`)
    expect((await stat(path)).mode & 0o777).toBe(0o700)
  })

  it('fails where a file is in its place, or above it', async () => {
    const file = join(folder, 'file')
    await writeFile(file, '')
    expect(() => makeDirectory(file)).toThrow(expect.objectContaining({ code: 'EEXIST' }))
    expect(() => makeDirectory(join(file, 'below'))).toThrow(expect.objectContaining({ code: 'ENOTDIR' }))
  })

  it.runIf(process.platform === 'linux')('fails where the system takes no name below a directory that is there', () => {
    expect(() => makeDirectory('/proc/lectern/uploads')).toThrow(expect.objectContaining({ code: 'ENOENT' }))
  })
})
