import { API_BASE, FILE_RECORD_ROUTES, type FileRecord } from '@lectern/protocol'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Person, startBrowser, type TestBrowser } from '../rig/browser.ts'
import { eventually } from '../rig/eventually.ts'
import { rednessOf, redPdf, redPng, wav, webm } from '../rig/media.ts'
import { type OtherSite, startOtherSite } from '../rig/other-site.ts'
import { restOf } from '../rig/rest.ts'
import { type ServerProcess, startServerProcess } from '../rig/server-process.ts'
import { signToken } from '../rig/tokens.ts'
import { upload } from '../rig/upload.ts'

const COURSE = 'physics'
const SVG = `<svg xmlns="http://www.w3.org/2000/svg" width="200" height="100"><rect width="200" height="100" fill="red"/>
<script>document.documentElement.setAttribute('data-ran', 'yes')</script></svg>`

const NAMES = {
  image: 'ảnh.png',
  drawing: 'hình vẽ.svg',
  pdf: 'Bài giảng tuần 3.pdf',
  audio: 'bài nghe.wav',
  video: 'bài giảng.webm',
} as const
type Kind = keyof typeof NAMES

let server: ServerProcess
let browser: TestBrowser
/** Of the server's site, and of another; and one that ALLOWED_ORIGINS does not name. */
let lms: OtherSite
let elsewhere: OtherSite
let stranger: OtherSite
let token: string
const files = new Map<Kind, FileRecord>()

beforeAll(async () => {
  ;[lms, elsewhere, stranger] = await Promise.all([
    startOtherSite('localhost'),
    startOtherSite('127.0.0.1'),
    startOtherSite('127.0.0.1'),
  ])
  server = await startServerProcess({ environment: { ALLOWED_ORIGINS: `${lms.url},${elsewhere.url}` } })
  browser = await startBrowser({ whole: true })
  token = signToken({ sub: 'an', courses: { [COURSE]: 'student' } })
  await using maker = await browser.person()
  await maker.page.goto(lms.url)
  const contents = {
    image: await redPng(maker.page),
    drawing: Buffer.from(SVG),
    pdf: redPdf(),
    audio: wav(60),
    video: await webm(maker.page, 3),
  }
  for (const [kind, name] of Object.entries(NAMES) as [Kind, string][]) {
    const file = { name, bytes: contents[kind], folder: 'Tài liệu', courseId: COURSE }
    files.set(kind, await upload({ url: server.url, token }, file))
  }
})

afterAll(async () => {
  await browser[Symbol.asyncDispose]()
  for (const running of [server, lms, elsewhere, stranger]) await running[Symbol.asyncDispose]()
})

function recordOf(kind: Kind): FileRecord {
  const record = files.get(kind)
  if (record === undefined) throw new Error(`There is no ${kind}.`)
  return record
}

const addressOf = (kind: Kind, door: 'view' | 'download' = 'view'): string =>
  server.url + new URL(door === 'view' ? recordOf(kind).view_url : recordOf(kind).download_url).pathname

/** A browser on the LMS's page, which has signed its user in here. */
async function signedIn(): Promise<Person> {
  const person = await browser.person()
  await person.page.goto(lms.url)
  const status = await person.page.evaluate(
    async ({ url, bearer }) => {
      const headers = { Authorization: `Bearer ${bearer}` }
      return (await fetch(url, { method: 'POST', credentials: 'include', headers })).status
    },
    { url: `${server.url}${API_BASE}/auth/session`, bearer: token },
  )
  expect(status).toBe(204)
  return person
}

/** Puts one element into the page. */
const put = (page: Page, tag: string, src: string): Promise<void> =>
  page.evaluate(
    ([name, source]) => {
      const element = document.createElement(name)
      Object.assign(element, { width: 400, height: 300 })
      element.setAttribute('src', source)
      document.body.replaceChildren(element)
    },
    [tag, src] as const,
  )

const imageWidth = (page: Page): Promise<number> =>
  page.evaluate(async () => {
    const image = document.querySelector('img')
    if (image === null) throw new Error('No image.')
    await image.decode()
    return image.naturalWidth
  })

/** Plays, jumps, and answers where it then is. */
const jumpTo = (page: Page, time: number): Promise<number> =>
  page.evaluate(async (to) => {
    const player = document.querySelector('audio,video')
    if (!(player instanceof HTMLMediaElement)) throw new Error('No player.')
    const once = (event: string) =>
      new Promise((resolve, reject) => {
        player.addEventListener(event, resolve, { once: true })
        player.addEventListener('error', () => reject(new Error(player.error?.message)), { once: true })
      })
    if (player.readyState < HTMLMediaElement.HAVE_CURRENT_DATA) await once('canplay')
    player.pause()
    const jumped = once('seeked')
    player.currentTime = to
    await jumped
    return player.currentTime
  }, time)

/** A viewer is another process's page: what it shows is looked at on the screen. */
const untilRed = (page: Page): Promise<void> =>
  eventually(async () => rednessOf(page, await page.screenshot())).toBeGreaterThan(0.05)

describe('FI36: a page of another origin of ALLOWED_ORIGINS, whose user is signed in,', () => {
  it.each(['image', 'drawing'] as const)('shows an %s by <img>', async (kind) => {
    await using person = await signedIn()
    await put(person.page, 'img', addressOf(kind))
    expect(await imageWidth(person.page)).toBe(200)
  })

  it('shows a PDF by <iframe>', async () => {
    await using person = await signedIn()
    await put(person.page, 'iframe', addressOf('pdf'))
    await untilRed(person.page)
  })

  it.each([
    ['audio', 42],
    ['video', 1],
  ] as const)('plays %s, and jumps in it', async (kind, time) => {
    await using person = await signedIn()
    const parts: number[] = []
    person.page.on('response', (response) => {
      if (response.url() === addressOf(kind)) parts.push(response.status())
    })
    await put(person.page, kind, addressOf(kind))
    expect(await jumpTo(person.page, time)).toBeCloseTo(time, 0)
    expect(parts[0]).toBe(206)
  })
})

describe('FI34: who follows a link', () => {
  it.each(['image', 'drawing', 'pdf'] as const)('sees the %s itself', async (kind) => {
    await using person = await signedIn()
    await person.page.goto(addressOf(kind))
    await using looker = await browser.person()
    await looker.page.goto(lms.url)
    await eventually(async () => rednessOf(looker.page, await person.page.screenshot())).toBeGreaterThan(0.01)
  })

  it.each(['audio', 'video'] as const)('is given a player of the %s', async (kind) => {
    await using person = await signedIn()
    await person.page.goto(addressOf(kind))
    expect(await jumpTo(person.page, 1)).toBeCloseTo(1, 0)
  })

  it('FI35: saves it by its original name, also out of a frame', async () => {
    await using person = await signedIn()
    for (const tag of ['a', 'iframe']) {
      const downloading = person.page.waitForEvent('download')
      if (tag === 'iframe') await put(person.page, tag, addressOf('pdf', 'download'))
      else {
        await person.page.evaluate(
          (href) => {
            Object.assign(document.createElement('a'), { href }).click()
          },
          addressOf('pdf', 'download'),
        )
      }
      expect((await downloading).suggestedFilename()).toBe(NAMES.pdf)
    }
  })

  it('FI37: runs no script of an SVG', async () => {
    await using person = await signedIn()
    await person.page.goto(addressOf('drawing'))
    expect(await person.page.evaluate(() => document.documentElement.hasAttribute('data-ran'))).toBe(false)
    expect(await person.page.evaluate(() => self.origin)).toBe('null')
  })
})

describe('a signed link', () => {
  const linkTo = async (kind: Kind): Promise<string> => {
    const { folder_id, filename } = recordOf(kind)
    const body = { folder: folder_id, file: filename, disposition: 'inline' } as const
    const { data } = await restOf(server.url, token)(FILE_RECORD_ROUTES.createSignedUrl, { body })
    const { pathname, search } = new URL(data.url)
    return server.url + pathname + search
  }

  it('FI36: shows image and PDF on a page of another site, to who is not signed in', async () => {
    await using person = await browser.person()
    await person.page.goto(elsewhere.url)
    await put(person.page, 'img', addressOf('image'))
    await expect(imageWidth(person.page)).rejects.toThrow()
    await put(person.page, 'img', await linkTo('image'))
    expect(await imageWidth(person.page)).toBe(200)
    await put(person.page, 'iframe', await linkTo('pdf'))
    await untilRed(person.page)
  })

  it('FI36: is framed by no page of an origin that ALLOWED_ORIGINS does not name', async () => {
    await using person = await browser.person()
    await person.page.goto(stranger.url)
    const refused = person.page.waitForEvent('console', (message) => message.text().includes('frame-ancestors'))
    await put(person.page, 'iframe', await linkTo('pdf'))
    await refused
  })
})
