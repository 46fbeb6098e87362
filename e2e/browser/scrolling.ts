import type { Page } from 'playwright-core'
import type { ChatPage } from './pages/chat-page.ts'

/** What scrolling cost the page. Times in milliseconds. */
export interface ScrollFigures {
  readonly seconds: number
  readonly frames: number
  /** The time between two frames that one in a hundred exceeds. */
  readonly frameP99: number
  /** Tasks of the main thread over 50 ms (W3C Long Tasks). */
  readonly longTasks: readonly number[]
  /** The most messages that were in the document at once. */
  readonly mostRows: number
}

interface Watch {
  frames: number[]
  longTasks: number[]
  mostRows: number
  stop: boolean
}

declare global {
  interface Window {
    watchOfScrolling?: Watch
  }
}

const watch = (page: Page): Promise<void> =>
  page.evaluate(() => {
    const seen: Watch = { frames: [], longTasks: [], mostRows: 0, stop: false }
    window.watchOfScrolling = seen
    new PerformanceObserver((list) => {
      for (const { duration } of list.getEntries()) seen.longTasks.push(duration)
    }).observe({ type: 'longtask' })
    let last = performance.now()
    const frame = (now: number) => {
      seen.frames.push(now - last)
      seen.mostRows = Math.max(seen.mostRows, document.querySelectorAll('article').length)
      last = now
      if (!seen.stop) requestAnimationFrame(frame)
    }
    requestAnimationFrame(frame)
  })

const seen = (page: Page): Promise<Watch> =>
  page.evaluate(() => {
    const watched = window.watchOfScrolling
    if (watched === undefined) throw new Error('Nobody watches.')
    watched.stop = true
    return watched
  })

const nextFrame = (page: Page): Promise<number> => page.evaluate(() => new Promise(requestAnimationFrame))

/** Pixels at each turn of the wheel: by and by, and as fast as a wheel goes. */
const TURNS = [-240, -240, -1200, -1200, -240, 600, 600, -2400] as const
/** From time to time somebody goes to the other end. */
const TURNS_UNTIL_JUMP = 150

/** Turns the wheel above the list for so long, up and down, with jumps to both ends. */
export async function scrollFor({ page, list }: ChatPage, ms: number): Promise<ScrollFigures> {
  await list.hover()
  await watch(page)
  const startedAt = performance.now()
  for (let turn = 0; performance.now() - startedAt < ms; turn += 1) {
    if (turn % TURNS_UNTIL_JUMP === TURNS_UNTIL_JUMP - 1) {
      await list.press(turn % (2 * TURNS_UNTIL_JUMP) < TURNS_UNTIL_JUMP ? 'Home' : 'End')
    } else {
      await page.mouse.wheel(0, TURNS[turn % TURNS.length] ?? 0)
    }
    await nextFrame(page)
  }
  const { frames, longTasks, mostRows } = await seen(page)
  const sorted = frames.toSorted((a, b) => a - b)
  return {
    seconds: (performance.now() - startedAt) / 1000,
    frames: frames.length,
    frameP99: sorted[Math.floor(sorted.length * 0.99)] ?? 0,
    longTasks: longTasks.map(Math.round),
    mostRows,
  }
}

/** Of the page's script, after what nobody holds is gone. Bytes. */
export async function heapOf(page: Page): Promise<number> {
  const cdp = await page.context().newCDPSession(page)
  await cdp.send('HeapProfiler.collectGarbage')
  const { usedSize } = await cdp.send('Runtime.getHeapUsage')
  await cdp.detach()
  return usedSize
}
