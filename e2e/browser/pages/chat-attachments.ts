import type { Page } from 'playwright-core'
import { type Texts, textsOf } from '../../rig/texts.ts'
import { type DeviceFile, transferOf } from './transfer.ts'

/** Files in a course's chat: in the composer, on their way, and in messages. */
export function chatAttachments(page: Page, { text, like }: Texts = textsOf('en')) {
  const list = page.getByRole('feed', { name: text('chat:list.label') })
  const composer = page.getByRole('textbox', { name: like('chat:composer.messageTo') })
  const chips = page.getByRole('list', { name: text('chat:attach.list') }).getByRole('listitem')
  return {
    chips,
    chip: (name: string) => chips.filter({ has: page.getByTitle(name, { exact: true }) }),
    ready: chips.filter({ hasText: text('chat:attach.stage.ready') }),
    picture: (name: string) => list.getByRole('link', { name: text('chat:file.openPicture', { name }) }),
    file: (name: string) => list.getByRole('link', { name, exact: true }),
    deleted: list.getByText(text('chat:file.deleted')),
    /** Of messages whose files are not uploaded yet. */
    progress: list.getByRole('progressbar'),
    offline: page.getByText(text('chat:attach.stage.offline')),
    refusal: page.getByRole('alert'),
    async choose(...files: readonly DeviceFile[]) {
      const [chooser] = await Promise.all([
        page.waitForEvent('filechooser'),
        page.getByRole('button', { name: text('chat:attach.button') }).click(),
      ])
      await chooser.setFiles([...files])
    },
    async paste(...files: readonly DeviceFile[]) {
      const clipboardData = await transferOf(page, files)
      await composer.evaluate(
        (field, data) =>
          field.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true })),
        clipboardData,
      )
    },
    async drop(...files: readonly DeviceFile[]) {
      const dataTransfer = await transferOf(page, files)
      for (const type of ['dragenter', 'dragover', 'drop']) await list.dispatchEvent(type, { dataTransfer })
    },
    viewer: page.getByRole('dialog', { name: text('chat:picture.title') }),
    next: page.getByRole('button', { name: text('chat:picture.next') }),
  }
}

export type ChatAttachments = ReturnType<typeof chatAttachments>
