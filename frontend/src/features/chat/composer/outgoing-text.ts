import { LIMITS } from '@lectern/protocol'

/** Control characters other than newline and tab, which the server refuses; they come by pasting. */
const CONTROL = /[^\P{Cc}\n\t]/gu

/** What of a text is sent. */
export const outgoingText = (text: string): string => text.replaceAll(CONTROL, '').toWellFormed().trim()

export interface Fit {
  readonly canSend: boolean
  /** UTF-16 units; negative: too long by so many. Undefined while there is plenty. */
  readonly left: number | undefined
}

/** The person is told from here on. */
const NEARLY = 400

/** @param bearsFiles what goes out with a file needs no text */
export function fitOf(text: string, bearsFiles = false): Fit {
  const { length } = outgoingText(text)
  const left = LIMITS.message - length
  return { canSend: (length > 0 || bearsFiles) && left >= 0, left: left < NEARLY ? left : undefined }
}
