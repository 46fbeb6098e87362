import type { Page } from 'playwright-core'
import { type Texts, textsOf } from '../../rig/texts.ts'

/** A class: its green room, and the room itself. */
export function classPage(page: Page, { text, like }: Texts = textsOf('en')) {
  const bar = page.getByRole('region', { name: text('class:bar.label') })
  const button = (key: string) => bar.getByRole('button', { name: text(`class:${key}`), exact: true })
  const dialog = page.getByRole('dialog')
  const tile = (userId: string) => page.locator(`[data-tile="${userId}"]`)
  const panel = (kind: 'people' | 'chat' | 'files') =>
    page.getByRole('complementary', { name: text(`class:panel.${kind}`), exact: true })
  return {
    page,
    bar,
    button,
    dialog,
    tile,
    panel,
    join: page.getByRole('button', { name: text('class:entry.join') }),
    name: page.getByRole('textbox', { name: text('class:entry.name.label') }),
    muted: page.getByRole('switch', { name: text('class:entry.muted') }),
    withoutCamera: page.getByRole('switch', { name: text('class:entry.withoutCamera') }),
    preview: page.getByLabel(text('class:preview.label')),
    tiles: page.locator('[data-tile]'),
    picture: (userId: string) => tile(userId).locator('video'),
    mutedMark: (userId: string) => tile(userId).getByText(text('class:tile.muted')),
    hand: (userId: string, place: number) => tile(userId).getByText(text('class:tile.hand', { place })),
    menuItem: (key: string) => page.getByRole('menuitem', { name: text(`class:${key}`), exact: true }),
    menuOf: (name: string) =>
      panel('people').getByRole('button', { name: text('class:people.menu', { name }), exact: true }),
    hands: page.getByRole('list', { name: like('class:people.hands') }),
    bans: page.getByRole('list', { name: like('class:bans.count') }),
    pin: (userId: string) => tile(userId).getByRole('button', { name: like('class:tile.pin') }),
    screen: page.locator('video').and(page.getByLabel(like('class:stage.screenOf'))),
    told: (key: string) => page.getByText(text(`class:${key}`), { exact: true }),
    announced: (words: string) => page.locator('[data-announcer]').getByText(words, { exact: true }),
    /** Where it is said what is to be known of one's own part. */
    notices: page.locator('[data-notices]'),
    /** From the green room, with the camera that is seen there. */
    async enter() {
      await this.preview.waitFor()
      await this.join.click()
      await bar.waitFor()
    },
    /** Resolves when the picture goes on from now: it has a size, and its time rises. */
    async plays(userId: string) {
      await this.picture(userId).evaluate((video) => delete video.dataset['before'])
      await page.waitForFunction((id) => {
        const video = document.querySelector<HTMLVideoElement>(`[data-tile="${id}"] video`)
        if (video === null || video.videoWidth === 0) return false
        const before = Number(video.dataset['before'] ?? video.currentTime)
        video.dataset['before'] = String(before)
        return video.currentTime > before
      }, userId)
    },
  }
}

export type ClassPage = ReturnType<typeof classPage>
