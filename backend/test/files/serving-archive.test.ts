import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import { describe, expect, it } from 'vitest'
import { type Entry, fromBufferPromise } from 'yauzl'
import { archiveOf } from '../../src/modules/files/serving/archive.ts'
import type { ArchivedFile } from '../../src/modules/files/serving/serving.types.ts'
import { LocalStorage } from '../../src/modules/files/storage/local-storage.ts'
import { startTestServer } from '../harness/start-test-server.ts'
import { School } from './school.ts'
import { CREATED_AT, startServingRig } from './serving-rig.ts'

const STORED = 0
const DEFLATED = 8
const UTF8_NAME = 1 << 11

interface Unzipped {
  readonly entry: Entry
  readonly content: Buffer
}

/** Everything in it, by name; sizes and checksums are checked on the way. */
async function unzip(archive: Buffer): Promise<Map<string, Unzipped>> {
  const zip = await fromBufferPromise(archive, { lazyEntries: true, strictFileNames: true })
  const found = new Map<string, Unzipped>()
  for await (const entry of zip.eachEntry()) {
    expect(found.has(entry.fileName)).toBe(false)
    found.set(entry.fileName, { entry, content: await buffer(await zip.openReadStreamPromise(entry)) })
  }
  return found
}

const bytesOf = async (response: Response) => Buffer.from(await response.arrayBuffer())

describe('the archive of a folder', () => {
  it('FI43: holds every file by its name, with its bytes and its time', async () => {
    await using rig = await startServingRig()
    const contents = new Map<string, Buffer>()
    for (const filename of ['Đề cương.pdf', '讲义 📚.pdf', ...Array.from({ length: 250 }, (_, i) => `bài ${i}.png`)]) {
      const content = randomBytes(1000)
      contents.set(filename, content)
      await rig.add(content, { filename })
    }
    const response = await rig.archive()
    expect(response.headers.get('content-type')).toBe('application/zip')
    expect(response.headers.get('content-disposition')).toBe(
      'attachment; filename="Bai giang.zip"; filename*=UTF-8\'\'B%C3%A0i%20gi%E1%BA%A3ng.zip',
    )
    const files = await unzip(await bytesOf(response))
    expect([...files.keys()].toSorted()).toEqual([...contents.keys()].toSorted())
    for (const [name, { entry, content }] of files) {
      expect(content.equals(contents.get(name) ?? Buffer.alloc(0))).toBe(true)
      expect(entry.generalPurposeBitFlag & UTF8_NAME).toBe(UTF8_NAME)
      expect(entry.getLastModDate().getTime()).toBe(Math.floor(CREATED_AT / 1000) * 1000)
    }
  })

  it('FI43: deflates what that makes smaller, and nothing else', async () => {
    await using rig = await startServingRig()
    for (const filename of ['a.wav', 'a.svg', 'a.docx', 'a.mp4', 'a.jpg'])
      await rig.add(Buffer.alloc(9999), { filename })
    const files = await unzip(await bytesOf(await rig.archive()))
    const methods = Object.fromEntries([...files].map(([name, { entry }]) => [name, entry.compressionMethod]))
    expect(methods).toEqual({
      'a.wav': DEFLATED,
      'a.svg': DEFLATED,
      'a.docx': STORED,
      'a.mp4': STORED,
      'a.jpg': STORED,
    })
  })

  it('FI43: of an empty folder is an empty archive', async () => {
    await using rig = await startServingRig()
    expect((await unzip(await bytesOf(await rig.archive()))).size).toBe(0)
  })

  it('FI44: leaves out what was deleted meanwhile, and says so', async () => {
    await using rig = await startServingRig()
    const [, gone] = [
      await rig.add('a', { filename: 'a.pdf' }),
      await rig.add('b', { filename: 'đã xóa.pdf' }),
      await rig.add('c', { filename: 'c.pdf' }),
    ]
    await rig.remove(gone, 'bytes')
    const files = await unzip(await bytesOf(await rig.archive()))
    expect([...files.keys()]).toEqual(['a.pdf', 'c.pdf', 'missing-files.txt'])
    expect(files.get('missing-files.txt')?.content.toString()).toContain('đã xóa.pdf')
    expect(rig.logLines.filter(({ msg }) => msg === 'file left out of an archive')).toMatchObject([
      { file_id: gone.id },
    ])
  })

  it('FI44: stops when the client hangs up', async () => {
    await using rig = await startServingRig()
    for (const filename of ['a.mp4', 'b.mp4']) await rig.add(Buffer.alloc(32 * 1_048_576), { filename })
    const aborting = new AbortController()
    const response = await rig.archive({ signal: aborting.signal })
    aborting.abort()
    await expect(response.arrayBuffer()).rejects.toThrow()
    await expect.poll(() => rig.logLines.filter(({ status }) => status === 'aborted')).toHaveLength(1)
    expect(rig.logLines.filter(({ level }) => level === 'error')).toEqual([])
  })

  it('is closed, and gives its turn back, when nothing is taken from it', async () => {
    await using rig = await startServingRig({ stallMs: 100 })
    for (const filename of ['a.mp4', 'b.mp4']) await rig.add(Buffer.alloc(32 * 1_048_576), { filename })
    const socket = connect(Number(new URL(rig.url).port), '127.0.0.1').pause()
    await once(socket, 'connect')
    socket.write(`GET ${rig.archivePath} HTTP/1.1\r\nHost: localhost\r\n\r\n`)
    await expect.poll(() => rig.logLines.filter(({ status }) => status === 'aborted')).toHaveLength(1)
    socket.destroy()
  })

  it('HEAD tells its name without reading a file', async () => {
    await using rig = await startServingRig()
    await rig.add('a')
    const response = await rig.archive({ method: 'HEAD' })
    expect([response.status, response.headers.get('content-type')]).toEqual([200, 'application/zip'])
  })
})

describe('who downloads a folder', () => {
  it('FI43: is given what they may read of it', async () => {
    await using server = await startTestServer({ env: { LIMIT_EVENTS_PER_SEC: '0', LIMIT_UPLOADS_PER_MIN: '0' } })
    const school = new School(server)
    const [teacher, an, binh] = [await school.teacher(), await school.student('an'), await school.student('binh')]
    const { courseId } = school
    const folder = await teacher.makeFolder({ name: 'Nộp bài', course_id: courseId, visibility: 'dropbox' })
    await an.store({ folder: folder.id, name: 'của An.pdf' })
    await binh.store({ folder: folder.id, name: 'của Bình.pdf' })
    const namesFor = async ({ token }: { token: string }) => {
      const response = await fetch(`${server.url}/api/v1/files/archive/${folder.id}`, {
        headers: { Authorization: `Bearer ${token}` },
      })
      return [...(await unzip(await bytesOf(response))).keys()]
    }
    expect(await namesFor(an)).toEqual(['của An.pdf'])
    expect(await namesFor(teacher)).toEqual(['của An.pdf', 'của Bình.pdf'])
    const stranger = await school.stranger()
    expect((await stranger.api.get(`/files/archive/${folder.id}`)).status).toBe(404)
  })
})

describe('an archive', () => {
  const fileOf = (id: string, size: number): ArchivedFile => ({
    id,
    filename: `${id}.mp4`,
    mimeType: 'video/mp4',
    size,
    createdAt: CREATED_AT,
  })
  const ports = (storage: LocalStorage) => ({ storage, now: CREATED_AT, onMissing: () => undefined })

  async function* those(...files: ArchivedFile[]) {
    yield* files
  }

  it('in the form for more than 4 GiB is read like any other', async () => {
    const directory = await mkdtemp(join(tmpdir(), 'lectern-archive-'))
    try {
      await writeFile(join(directory, 'a'), 'content')
      const options = { ...ports(new LocalStorage(directory)), forceZip64: true }
      const archive = await buffer(archiveOf(those(fileOf('a', 7)), options))
      // The end of the central directory in its large form (APPNOTE 4.3.14).
      expect(archive.includes(Buffer.from('504b0606', 'hex'))).toBe(true)
      expect((await unzip(archive)).get('a.mp4')?.content.toString()).toBe('content')
    } finally {
      await rm(directory, { recursive: true })
    }
  })

  it('breaks off, rather than lie, where a file is not as long as its record says', async () => {
    const directory = await mkdtemp(join(tmpdir(), 'lectern-archive-'))
    try {
      await writeFile(join(directory, 'a'), 'content')
      const archive = archiveOf(those(fileOf('a', 8)), ports(new LocalStorage(directory)))
      await expect(buffer(archive)).rejects.toThrow('unexpected number of bytes')
    } finally {
      await rm(directory, { recursive: true })
    }
  })

  it('closes a file that was opened while the client hung up', async () => {
    const bytes = Readable.from(Array.from({ length: 100 }, () => Buffer.alloc(65_536)))
    const archive: Readable = archiveOf(those(fileOf('a', 1)), {
      storage: {
        get: async () => {
          await once(archive.destroy(), 'close')
          return bytes
        },
      },
      now: 0,
      onMissing: () => undefined,
    })
    await expect.poll(() => bytes.destroyed).toBe(true)
  })

  it('reads no faster than it is taken, one file at a time', async () => {
    const directory = await mkdtemp(join(tmpdir(), 'lectern-archive-'))
    try {
      const size = 8 * 1_048_576
      for (const id of ['a', 'b']) await writeFile(join(directory, id), Buffer.alloc(size))
      const storage = new LocalStorage(directory)
      const opened: string[] = []
      const watched = {
        get: (id: string) => {
          opened.push(id)
          return storage.get(id)
        },
      }
      const options = { ...ports(storage), storage: watched }
      const archive = archiveOf(those(fileOf('a', size), fileOf('b', size)), options)
      const pieces = archive[Symbol.asyncIterator]()
      await pieces.next()
      await pieces.next()
      expect(opened).toEqual(['a'])
      await pieces.return?.()
    } finally {
      await rm(directory, { recursive: true })
    }
  })
})
