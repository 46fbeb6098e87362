import { fileURLToPath } from 'node:url'
import type { Page } from 'playwright-core'
import { bundle } from '../browser/lms-page.ts'
import type { Drawn } from './drawn/devices.ts'

const DEVICES = fileURLToPath(new URL('drawn/devices.ts', import.meta.url))
const CROWD = fileURLToPath(new URL('drawn/crowd.ts', import.meta.url))
let devices: Promise<string> | undefined

/**
 * Gives a page a camera that shows somebody, and a screen that shows a lesson: what a browser makes up is a test card.
 * All that is done with them is real.
 */
export async function drawDevices(page: Page, drawn: Drawn): Promise<void> {
  devices ??= bundle(`import ${JSON.stringify(DEVICES)}`)
  await page.addInitScript({ content: `${await devices}\ndrawAs(${JSON.stringify(drawn)})` })
}

/** Makes a page one in which a crowd may be; it shows nothing. */
export async function drawCrowd(page: Page, url: string): Promise<void> {
  await page.goto(`${url}/health/live`)
  await page.evaluate(await bundle(`import ${JSON.stringify(CROWD)}`))
}
