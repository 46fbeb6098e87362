import type { Page } from 'playwright-core'
import { type Texts, textsOf } from '../../rig/texts.ts'
import { type DeviceFile, transferOf } from './transfer.ts'

/** A course's folders, one folder, and what is on its way. */
export function filesPage(page: Page, { text, like }: Texts = textsOf('en')) {
  const main = page.getByRole('main')
  const dialog = page.getByRole('dialog')
  const tray = page.getByRole('region', { name: text('files:tray.title') })
  const menuItem = (key: string) => page.getByRole('menuitem', { name: text(`files:${key}`) })
  const fileMenu = (name: string) => page.getByRole('button', { name: text('files:file.menu', { name }) })
  return {
    main,
    dialog,
    tray,
    menuItem,
    newFolder: main.getByRole('button', { name: text('files:folder.create') }).first(),
    folderName: dialog.getByRole('textbox', { name: text('files:folder.name') }),
    visibility: (kind: string) => dialog.getByRole('radio', { name: text(`files:visibility.${kind}.name`) }),
    createFolder: dialog.getByRole('button', { name: text('files:folder.createSubmit') }),
    folder: (name: string) => main.getByRole('link', { name }),
    folderMenu: (name: string) => main.getByRole('button', { name: text('files:folder.menu', { name }) }),
    upload: main.getByRole('button', { name: text('files:upload.open') }).first(),
    file: (name: string) => main.getByRole('link', { name }),
    /** Names, in the order in which they are shown. */
    names: () => main.locator('[data-file]').allTextContents(),
    fileMenu,
    search: main.getByRole('searchbox', { name: text('files:list.search') }),
    previous: dialog.getByRole('button', { name: text('files:preview.previous') }),
    next: dialog.getByRole('button', { name: text('files:preview.next') }),
    undo: page.getByRole('button', { name: text('files:deletion.undo') }),
    selected: main.getByRole('region', { name: text('files:selection.label') }),
    select: (name: string) => main.getByRole('checkbox', { name: text('files:selection.select', { name }) }),
    /** In the tray: its name, and how far it is. */
    onItsWay: (name: string) => tray.getByRole('listitem').filter({ hasText: name }),
    uploaded: (name: string) =>
      tray
        .getByRole('listitem')
        .filter({ hasText: name })
        .filter({ hasText: text('files:tray.uploaded') }),
    pause: (name: string) => tray.getByRole('button', { name: text('files:tray.pause', { name }) }),
    resume: (name: string) => tray.getByRole('button', { name: text('files:tray.resume', { name }) }),
    clearTray: tray.getByRole('button', { name: text('files:tray.clear') }),
    shared: dialog.getByRole('textbox', { name: text('files:share.link') }),
    createLink: dialog.getByRole('button', { name: text('files:share.create') }),
    endLink: dialog.getByRole('button', { name: text('files:share.revoke') }),
    wholeSize: like('files:preview.fullSize'),
    async ofFile(name: string, key: string) {
      await fileMenu(name).click()
      await menuItem(key).click()
    },
    /** What may be done with all that is selected. */
    ofSelected: (key: string) =>
      main
        .getByRole('region', { name: text('files:selection.label') })
        .getByRole('button', { name: text(`files:${key}`) }),
    async choose(files: readonly DeviceFile[]) {
      const chooser = page.waitForEvent('filechooser')
      await this.upload.click()
      await (await chooser).setFiles([...files])
    },
    /** As the browser tells of what is dragged over the page, without letting go of it. */
    async hold(files: readonly DeviceFile[]) {
      const data = await transferOf(page, files)
      await page.dispatchEvent('main', 'dragenter', { dataTransfer: data })
      await page.dispatchEvent('main', 'dragover', { dataTransfer: data })
      return data
    },
    async drop(files: readonly DeviceFile[]) {
      const data = await this.hold(files)
      await page.dispatchEvent('main', 'drop', { dataTransfer: data })
    },
    async paste(files: readonly DeviceFile[]) {
      const data = await transferOf(page, files)
      await page.evaluate((clipboardData) => {
        document.body.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }))
      }, data)
    },
  }
}

export type FilesPage = ReturnType<typeof filesPage>
