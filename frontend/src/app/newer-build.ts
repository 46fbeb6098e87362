/** For which build the page was loaded again: not twice for one. */
const RELOADED_KEY = 'lectern.reloaded'

const entryOf = (page: Document): string | null =>
  page.querySelector('script[type="module"][src]')?.getAttribute('src') ?? null

/** The script that the server's page begins with now; undefined when it cannot be asked. */
async function servedEntry(): Promise<string | null | undefined> {
  try {
    const answer = await fetch('/', { cache: 'no-store' })
    if (!answer.ok) return undefined
    return entryOf(new DOMParser().parseFromString(await answer.text(), 'text/html'))
  } catch {
    return undefined
  }
}

/**
 * Loads the page again where the server has another build than the page came from: what failed to load is not there any
 * more. Without an answer, or where that was tried before, whoever asked says that it failed.
 */
async function reloadForNewerBuild(): Promise<void> {
  const served = await servedEntry()
  if (typeof served !== 'string' || served === entryOf(document)) return
  try {
    if (sessionStorage.getItem(RELOADED_KEY) === served) return
    sessionStorage.setItem(RELOADED_KEY, served)
  } catch {
    // Without storage nothing would end a loop.
    return
  }
  location.reload()
}

/** A part of the page that cannot be loaded is a sign that it was built anew; Vite tells of each. */
export function followBuild(): void {
  addEventListener('vite:preloadError', () => void reloadForNewerBuild())
}
