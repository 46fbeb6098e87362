import type { Page } from 'playwright-core'

/** A file as somebody has it on their device. */
export interface DeviceFile {
  readonly name: string
  readonly mimeType: string
  readonly buffer: Buffer<ArrayBuffer>
}

/** Hands files over within the page, as the browser does when something is dropped or pasted. */
export async function transferOf(page: Page, files: readonly DeviceFile[]) {
  const given = files.map(({ name, mimeType, buffer }) => ({ name, mimeType, base64: buffer.toString('base64') }))
  return page.evaluateHandle((described) => {
    const transfer = new DataTransfer()
    for (const { name, mimeType, base64 } of described) {
      const bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0))
      transfer.items.add(new File([bytes], name, { type: mimeType }))
    }
    return transfer
  }, given)
}
