import type { BrowserContext, Page } from 'playwright-core'
import { BEACON, BINDING } from './hostile-file.ts'

/** Files that one page shows at once. */
const AT_ONCE = 16

/** Pages that do the same at once: most of the time each of them waits for an answer. */
const PAGES = 3

/** A page with viewers of PDF in it, on a busy machine. */
const PATIENCE_MS = 120_000

/** How a page opens a file in itself. */
const EMBEDDINGS: readonly ((url: string) => string)[] = [
  (url) => `<iframe src="${url}"></iframe>`,
  (url) => `<img src="${url}">`,
  (url) => `<object data="${url}"></object>`,
  (url) => `<script src="${url}"></script>`,
]

export interface Opened {
  /** The files whose scripts ran. */
  readonly ran: ReadonlySet<number>
  readonly dialogs: readonly string[]
}

export interface Openings {
  /** Paths that are opened as a page of their own, */
  readonly alone: readonly string[]
  /** and embedded in a page of the same origin in every way there is. */
  readonly embedded: readonly string[]
}

/** Opens each of the paths in a browser. A page of the origin is where a script of it would do most. */
export async function openEach(context: BrowserContext, origin: string, openings: Openings): Promise<Opened> {
  const ran = new Set<number>()
  const dialogs: string[] = []
  await context.exposeBinding(BINDING, (_source, id: unknown) => void ran.add(Number(id)))
  context.on('request', (request) => {
    const id = new URL(request.url()).pathname.split(BEACON)[1]
    if (id !== undefined && /^\d+$/.test(id)) ran.add(Number(id))
  })
  context.on('dialog', (dialog) => {
    dialogs.push(dialog.message())
    void dialog.dismiss()
  })
  await Promise.all([
    ...shared(openings.alone).map(async (paths) => navigated(await context.newPage(), origin, paths)),
    ...shared(openings.embedded).map(async (paths) => embedded(await context.newPage(), origin, paths)),
  ])
  return { ran, dialogs }
}

/** Among the pages. */
const shared = (paths: readonly string[]): string[][] =>
  Array.from({ length: PAGES }, (_, page) => paths.filter((_path, at) => at % PAGES === page))

async function navigated(page: Page, origin: string, paths: readonly string[]): Promise<void> {
  for (const path of paths) {
    // What is downloaded instead is no navigation, and Playwright calls that an error.
    await page.goto(origin + path, { waitUntil: 'load' }).catch(() => undefined)
    // A page that may run nothing has no frames to wait for: an answer of its main thread comes behind its events.
    await page.evaluate('0').catch(() => undefined)
  }
}

async function embedded(page: Page, origin: string, paths: readonly string[]): Promise<void> {
  const address = `${origin}/embedding`
  for (let start = 0; start < paths.length; start += AT_ONCE) {
    const markup = paths.slice(start, start + AT_ONCE).flatMap((path) => EMBEDDINGS.map((embed) => embed(path)))
    await page.route(address, (route) =>
      route.fulfill({ contentType: 'text/html', body: `<!DOCTYPE html>${markup.join('\n')}` }),
    )
    await page.goto(address, { waitUntil: 'load', timeout: PATIENCE_MS })
    await painted(page)
    await page.unroute(address)
  }
}

/** Events that come of loading have been handed out by the second frame. */
const painted = (page: Page): Promise<unknown> =>
  page
    .evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))))
    .catch(() => undefined)
