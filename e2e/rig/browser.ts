import { existsSync } from 'node:fs'
import { type Browser, type BrowserContext, type BrowserContextOptions, chromium, type Page } from 'playwright-core'
import { PATIENCE_MS } from './patience.ts'

const CHROMIUM = '/usr/bin/chromium'
/** The same engine without a desktop browser around it, which is much of what a page costs; not every machine has it. */
const HEADLESS_SHELL = '/usr/bin/chromium-headless-shell'

/** Why browser tests cannot run here; undefined where they can. */
export const browserMissing = existsSync(CHROMIUM) ? undefined : `no Chromium at ${CHROMIUM}: apt-get install chromium`

/** Without a network of its own and without a question to anybody; cameras are made up, and allowed. */
const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--use-fake-device-for-media-stream',
  '--use-fake-ui-for-media-stream',
  '--autoplay-policy=no-user-gesture-required',
  '--allow-loopback-in-peer-connection',
]

/** One person's browser: cookies and storage of their own. */
export interface Person extends AsyncDisposable {
  readonly context: BrowserContext
  readonly page: Page
  /** Uncaught errors, and what the console called an error, but for failed requests (tests cut networks on purpose). */
  readonly errors: readonly string[]
}

export interface TestBrowser extends AsyncDisposable {
  person(options?: BrowserContextOptions): Promise<Person>
}

const NOT_OURS = /Failed to load resource|net::ERR_|WebSocket connection to/

function watch(page: Page, errors: string[]): void {
  page.on('pageerror', (error) => errors.push(error.stack ?? error.message))
  page.on('console', (message) => {
    if (message.type() === 'error' && !NOT_OURS.test(message.text())) errors.push(message.text())
  })
}

export interface BrowserOptions {
  /** Beyond those that every test has. */
  readonly flags?: readonly string[]
  /** What people have: with the viewer of PDF, and as it scrolls and plays. */
  readonly whole?: boolean
}

/** One Chromium, one context for each person. */
export async function startBrowser({ flags = [], whole = false }: BrowserOptions = {}): Promise<TestBrowser> {
  const executablePath = whole || !existsSync(HEADLESS_SHELL) ? CHROMIUM : HEADLESS_SHELL
  const browser: Browser = await chromium.launch({ executablePath, args: [...FLAGS, ...flags] })
  return {
    async person(options = {}) {
      const context = await browser.newContext({
        locale: 'en-GB',
        timezoneId: 'Asia/Ho_Chi_Minh',
        viewport: { width: 1280, height: 800 },
        ...options,
      })
      context.setDefaultTimeout(PATIENCE_MS)
      const errors: string[] = []
      context.on('page', (page) => watch(page, errors))
      const page = await context.newPage()
      return { context, page, errors, [Symbol.asyncDispose]: () => context.close() }
    },
    [Symbol.asyncDispose]: () => browser.close(),
  }
}
