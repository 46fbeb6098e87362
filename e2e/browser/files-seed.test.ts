import { readFile } from 'node:fs/promises'
import { FILE_RECORD_ROUTES } from '@lectern/protocol'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { startFileServer, upload } from '../files/file-server.ts'
import { DOWNLOAD_LINK, UPLOAD_COMPONENT, VIEWS } from '../files/original-examples.ts'
import { PDF, PNG } from '../files/samples.ts'
import { type Person, startBrowser, type TestBrowser } from '../rig/browser.ts'
import { eventually } from '../rig/eventually.ts'
import { restOf } from '../rig/rest.ts'
import type { ServerProcess } from '../rig/server-process.ts'
import { signToken } from '../rig/tokens.ts'
import { bundle, type LmsPage, mounted, startLmsPage } from './lms-page.ts'

let lms: LmsPage
/** Of an LMS that nobody has named to Lectern. */
let stranger: LmsPage
let server: ServerProcess
let browser: TestBrowser
beforeAll(async () => {
  lms = await startLmsPage()
  stranger = await startLmsPage()
  server = await startFileServer({
    ALLOWED_ORIGINS: `${lms.url},${lms.otherSite}`,
    PUBLIC_FOLDERS: 'images,documents',
  })
  browser = await startBrowser({ whole: true })
})
afterAll(async () => {
  await browser?.[Symbol.asyncDispose]()
  await server?.[Symbol.asyncDispose]()
  await stranger?.[Symbol.asyncDispose]()
  await lms?.[Symbol.asyncDispose]()
})

const addressed = (example: string) => example.replaceAll('http://localhost:3000', server.url)

const teacher = () => signToken({ sub: 'hanh', name: 'Ms Hạnh', role: 'teacher' })

/** As docs/embedding.md says: the LMS's page hands its person over by putting the token into a cookie. */
async function handOver({ page }: Person, token: string): Promise<void> {
  const status = await page.evaluate(
    async ([url, bearer]) => {
      const headers = { Authorization: `Bearer ${bearer}` }
      return (await fetch(`${url}/api/v1/auth/session`, { method: 'POST', headers, credentials: 'include' })).status
    },
    [server.url, token] as const,
  )
  expect(status).toBe(204)
}

const isImageShown = (page: Page): Promise<boolean> =>
  page.locator('img').evaluate(async (image) => {
    if (!(image instanceof HTMLImageElement)) return false
    await image.decode().catch(() => undefined)
    return image.naturalWidth > 0
  })

/** Whether the sample's red page is on the screen: a viewer of a browser's own has no document to ask. */
async function isPdfShown(page: Page): Promise<boolean> {
  const screenshot = await page.locator('iframe').screenshot()
  const red = await page.evaluate(async (base64) => {
    const bitmap = await createImageBitmap(await (await fetch(`data:image/png;base64,${base64}`)).blob())
    const canvas = new OffscreenCanvas(bitmap.width, bitmap.height)
    const context = canvas.getContext('2d')
    context?.drawImage(bitmap, 0, 0)
    const { data = new Uint8ClampedArray() } = context?.getImageData(0, 0, bitmap.width, bitmap.height) ?? {}
    let pixels = 0
    for (let at = 0; at < data.length; at += 4) {
      if ((data[at] ?? 0) > 200 && (data[at + 1] ?? 255) < 60 && (data[at + 2] ?? 255) < 60) pixels++
    }
    return pixels / (bitmap.width * bitmap.height)
  }, screenshot.toString('base64'))
  return red > 0.2
}

it("the original's React upload example, as it stands, uploads from a page of another origin and says where it is", async () => {
  await using an = await browser.person()
  const token = signToken({ sub: 'an', name: 'Nguyễn Văn An' })
  lms.serve({ script: await bundle(mounted('FileUpload', addressed(UPLOAD_COMPONENT), { token })) })
  await an.page.goto(lms.url)
  const said = an.page.waitForEvent('console', (message) => message.text().startsWith('Uploaded:'))
  await an.page
    .locator('input[type=file]')
    .setInputFiles({ name: 'Bài tập.pdf', mimeType: 'application/pdf', buffer: PDF })
  const url = (await said).text().replace('Uploaded: ', '')
  const { data } = await restOf(server.url, token)(FILE_RECORD_ROUTES.listFiles, {
    params: { folder: 'lesson-materials' },
  })
  expect(data).toMatchObject([{ url, original_name: 'Bài tập.pdf', uploaded_by: 'an' }])
  expect(an.errors).toEqual([])
})

it("the original's link, as it stands, saves the file of who is signed in by a cookie", async () => {
  await using binh = await browser.person()
  const token = signToken({ sub: 'binh' })
  await upload(server, token, { folder: 'lesson-materials', name: 'file.pdf', bytes: PDF })
  lms.serve({ body: addressed(DOWNLOAD_LINK) })
  await binh.page.goto(lms.url)
  await handOver(binh, token)
  const saved = binh.context.waitForEvent('download')
  await binh.page.getByText('Download File').click()
  const download = await saved
  expect(download.suggestedFilename()).toBe('file.pdf')
  expect(await readFile(await download.path())).toEqual(PDF)
})

it("the original's image and frame, as they stand, show what the cookie's bearer may read, in a page of another origin", async () => {
  await using chau = await browser.person()
  const courses = { 'algebra-1': 'student' } as const
  const token = signToken({ sub: 'chau', courses })
  // Public only without a course.
  const of = { course_id: 'algebra-1' }
  await upload(server, token, { ...of, folder: 'images', name: 'avatar.png', bytes: PNG })
  await upload(server, token, { ...of, folder: 'documents', name: 'lecture.pdf', bytes: PDF })
  lms.serve({ body: addressed(VIEWS) })
  await chau.page.goto(lms.url)
  expect(await isImageShown(chau.page)).toBe(false)
  await handOver(chau, token)
  await chau.page.reload()
  expect(await isImageShown(chau.page)).toBe(true)
  await eventually(() => isPdfShown(chau.page)).toBe(true)
})

it("the original's image and frame, as they stand, show what is in a public folder to anybody, from another site too", async () => {
  await using anybody = await browser.person()
  await upload(server, teacher(), { folder: 'images', name: 'avatar.png', bytes: PNG })
  await upload(server, teacher(), { folder: 'documents', name: 'lecture.pdf', bytes: PDF })
  for (const page of [lms, stranger]) page.serve({ body: addressed(VIEWS) })
  await anybody.page.goto(lms.otherSite)
  expect(await isImageShown(anybody.page)).toBe(true)
  await eventually(() => isPdfShown(anybody.page)).toBe(true)

  // An image may be anywhere; a frame is for the pages that the operator names.
  const refused = anybody.page.waitForEvent('console', (message) => message.text().includes('frame-ancestors'))
  await anybody.page.goto(stranger.url)
  expect(await isImageShown(anybody.page)).toBe(true)
  await refused
})
