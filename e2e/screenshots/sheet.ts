import { rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { Page } from 'playwright-core'
import { fileOf, type Look } from './look.ts'

/** Of a phone's screen and of a desk's, in pixels. */
const PHONE = 220
const DESK = 560

const html = (
  scene: string,
  looks: readonly Look[],
): string => `<!doctype html><meta charset="utf-8"><title>${scene}</title>
<style>body { margin: 8px; font: 14px sans-serif; background: #888; display: flex; flex-wrap: wrap; gap: 8px; width: 1600px }
h1 { width: 100%; margin: 0; font-size: 16px } img { display: block; align-self: flex-start }</style>
<h1>${scene}</h1>
${looks.map((look) => `<img src="${fileOf(scene, look)}" width="${look.width < 600 ? PHONE : DESK}">`).join('\n')}`

/** The looks of a scene in one picture, for who looks through them. */
export async function takeSheet(page: Page, folder: string, scene: string, looks: readonly Look[]): Promise<void> {
  const file = join(folder, `${scene}.html`)
  await writeFile(file, html(scene, looks))
  await page.setViewportSize({ width: 1620, height: 1000 })
  await page.goto(pathToFileURL(file).href)
  await page.screenshot({ path: join(folder, `sheet-${scene}.png`), fullPage: true })
  await rm(file)
}
