import type { CDPSession, Locator, Page } from 'playwright-core'

/** What a key does to the word that is being written: the key, and the word after it. */
export type Stroke = readonly [key: string, word: string]

/** “Việt” as it is typed, and how it looks in between. */
export const TELEX: readonly Stroke[] = [
  ['v', 'v'],
  ['i', 'vi'],
  ['e', 'vie'],
  ['e', 'viê'],
  ['t', 'viêt'],
  ['j', 'việt'],
]
export const VNI: readonly Stroke[] = [
  ['v', 'v'],
  ['i', 'vi'],
  ['e', 'vie'],
  ['6', 'viê'],
  ['t', 'viêt'],
  ['5', 'việt'],
]

/** Of a key that an input method has handled (UI Events, 7.3.1). */
const HANDLED = 229

/** What the page was told of a key. */
export interface HeardKey {
  readonly key: string
  readonly keyCode: number
  readonly isComposing: boolean
}

/** An input method as the browser sees one: composition events, and keys that it has handled already. */
export interface InputMethod {
  /** Types a word and leaves it underlined. */
  compose(strokes: readonly Stroke[]): Promise<void>
  /** Ends the composition; the word stays. */
  commit(word: string): Promise<void>
  /** Enter, which the input method takes for itself. */
  enter(): Promise<void>
  /** The last Enter that the page was told of. */
  lastEnter(): Promise<HeardKey | undefined>
  /** Resolves when a stroke that comes now is another one than that which ended the composition. */
  nextStroke(): Promise<void>
}

async function press(cdp: CDPSession, key: string): Promise<void> {
  const event = { key, windowsVirtualKeyCode: HANDLED, nativeVirtualKeyCode: HANDLED }
  await cdp.send('Input.dispatchKeyEvent', { type: 'rawKeyDown', ...event })
  await cdp.send('Input.dispatchKeyEvent', { type: 'keyUp', ...event })
}

interface Heard {
  enter?: HeardKey
  endedAt: number
}

declare global {
  interface Window {
    heardOfInputMethod?: Heard
  }
}

/** Hears what the field is told, before the page does. */
const listen = (page: Page): Promise<void> =>
  page.evaluate(() => {
    const heard: Heard = { endedAt: 0 }
    window.heardOfInputMethod = heard
    addEventListener('compositionend', ({ timeStamp }) => (heard.endedAt = timeStamp), { capture: true })
    addEventListener(
      'keydown',
      ({ key, keyCode, isComposing }) => {
        if (key === 'Enter') heard.enter = { key, keyCode, isComposing }
      },
      { capture: true },
    )
  })

/** @param field where it writes; it is given the focus */
export async function inputMethodIn(page: Page, field: Locator): Promise<InputMethod> {
  const cdp = await page.context().newCDPSession(page)
  await listen(page)
  await field.focus()
  return {
    async compose(strokes) {
      for (const [key, word] of strokes) {
        await press(cdp, key)
        await cdp.send('Input.imeSetComposition', {
          text: word,
          selectionStart: word.length,
          selectionEnd: word.length,
        })
      }
    },
    async commit(word) {
      await cdp.send('Input.insertText', { text: word })
    },
    enter: () => press(cdp, 'Enter'),
    lastEnter: () => page.evaluate(() => window.heardOfInputMethod?.enter),
    async nextStroke() {
      await page.waitForFunction(() => performance.now() > (window.heardOfInputMethod?.endedAt ?? 0) + 50)
    },
  }
}
