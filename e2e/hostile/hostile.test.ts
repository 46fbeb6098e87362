import { dirname } from 'node:path'
import { API_BASE, type FileRecord } from '@lectern/protocol'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { browserMissing, startBrowser, type TestBrowser } from '../rig/browser.ts'
import { type ServerProcess, startServerProcess } from '../rig/server-process.ts'
import { signToken } from '../rig/tokens.ts'
import { pngWith } from './containers.ts'
import { hostileCorpus } from './corpus.ts'
import type { HostileFile } from './hostile-file.ts'
import { startNaiveServer } from './naive-server.ts'
import { ESCAPED, NAMED_IDEAS } from './named-ideas.ts'
import { type Opened, openEach } from './opened.ts'
import { filesBelow, forgetPeak, landedAround, peakMemory } from './surroundings.ts'
import { type Answer, type Upload, uploaderOf } from './upload.ts'

const MB = 1_048_576
/** Hundreds of pages in a browser, on a busy machine. */
const PATIENCE_MS = 300_000
const IN_ONE_FORM = 20
/** A process for each of two thousand frames is most of the work, and has no say in whether a script runs in it. */
const ONE_PROCESS = '--disable-features=IsolateSandboxedIframes'
const OBJECT = /^uploads\/(lectern\.json|objects\/[\w-]{36}|thumbnails\/[\w-]{36}-(160|320|640)\.webp)$/
const OF_THE_DATABASE = /^data\//

describe.skipIf(browserMissing !== undefined)('FI60: a corpus of hostile files', () => {
  const corpus = hostileCorpus()
  let server: ServerProcess
  let browser: TestBrowser
  let answers: readonly Answer[]
  let opened: Opened
  let grown: number

  const directory = () => dirname(server.dataDir)
  const stored = () => answers.flatMap(({ records }) => records)

  beforeAll(async () => {
    server = await startServerProcess({ environment: { LIMIT_UPLOADS_PER_MIN: '0' } })
    browser = await startBrowser({ flags: [ONE_PROCESS], whole: true })
    const token = signToken({ sub: 'teacher', role: 'teacher' })
    const upload = uploaderOf(server.url, token, 'Hostile')
    const open = async (records: readonly FileRecord[]) => {
      await using person = await browser.person({ acceptDownloads: false })
      await person.context.addCookies([{ name: 'lectern_access', value: token, url: server.url }])
      return await openEach(person.context, server.url, {
        alone: records.map(viewOf),
        embedded: records.flatMap((record) => [viewOf(record), ...othersOf(record)]),
      })
    }
    await open(await warmUp(upload))
    const before = await peakMemory(server.pid)
    await forgetPeak(server.pid)
    answers = await uploadAll(corpus, upload)
    opened = await open(stored())
    grown = (await peakMemory(server.pid)) - before
  }, PATIENCE_MS)

  afterAll(async () => {
    await browser[Symbol.asyncDispose]()
    await server[Symbol.asyncDispose]()
  })

  it('has two hundred of them, each another', () => {
    expect(new Set(corpus.map(({ what }) => what)).size).toBeGreaterThanOrEqual(200)
  })

  it(
    'runs scripts where it is served bare: the control',
    async () => {
      await using bare = await startNaiveServer(corpus)
      await using person = await browser.person({ acceptDownloads: false })
      const { ran } = await openEach(person.context, bare.url, {
        alone: [...corpus.keys()].map(bare.pathOf),
        embedded: [],
      })
      expect(ran.size).toBeGreaterThanOrEqual(20)
    },
    PATIENCE_MS,
  )

  it('is stored or refused, and breaks nothing', () => {
    expect([...new Set(answers.map(({ status }) => status))].sort()).toEqual([201, 400, 415])
    expect(stored().length).toBeGreaterThan(100)
  })

  it('runs no script where it is viewed, downloaded, embedded or made small', () => {
    expect([...opened.ran].map((id) => corpus[id]?.what)).toEqual([])
    expect(opened.dialogs).toEqual([])
  })

  it('writes nothing outside the store, and nothing there that is named by anybody', async () => {
    const files = await filesBelow(directory())
    expect(files.filter((file) => !OBJECT.test(file) && !OF_THE_DATABASE.test(file))).toEqual([])
    expect(await landedAround(directory(), ESCAPED)).toEqual([])
  })

  it('takes less than 64 MB of memory, pictures made small included', () => {
    expect(grown).toBeLessThan(64 * MB)
  })
})

const pathOf = (url: string): string => url.slice(url.indexOf(API_BASE))
const viewOf = (record: FileRecord): string => pathOf(record.view_url)
const othersOf = ({ download_url, thumbnail_url }: FileRecord): string[] =>
  [download_url, thumbnail_url].filter((url) => url !== null).map(pathOf)

async function warmUp(upload: Upload): Promise<FileRecord[]> {
  const file = { what: 'a picture', filename: 'picture.png', content: pngWith() }
  const answers = [await upload([file]), await upload(Array.from({ length: IN_ONE_FORM }, () => file))]
  return answers.flatMap(({ records }) => records)
}

/** Half of them alone, half of them in forms of many; names that break a form, alone. */
async function uploadAll(corpus: readonly HostileFile[], upload: Upload): Promise<Answer[]> {
  const alone = corpus.filter((_file, id) => id % 2 === 0 || id >= corpus.length - NAMED_IDEAS.length)
  const together = corpus.filter((file) => !alone.includes(file))
  const answers: Answer[] = []
  for (const file of alone) answers.push(await upload([file]))
  for (let start = 0; start < together.length; start += IN_ONE_FORM)
    answers.push(await upload(together.slice(start, start + IN_ONE_FORM)))
  return answers
}
