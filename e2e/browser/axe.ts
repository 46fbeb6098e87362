import axe from 'axe-core'
import type { Page } from 'playwright-core'

/** What axe finds that keeps somebody from using the page: each with its rule, and where it is. */
export async function seriousFindings(page: Page): Promise<string[]> {
  // What is evaluated from outside is no script of the page: its policy does not concern it.
  await page.evaluate(axe.source)
  const found = await page.evaluate(async () => {
    const { violations } = await window.axe.run(document, { resultTypes: ['violations'] })
    return violations.map(({ id, impact, help, nodes }) => ({
      impact,
      text: `${id}: ${help}: ${nodes.map(({ html, failureSummary }) => `${html} ${failureSummary}`).join(' | ')}`,
    }))
  })
  return found.filter(({ impact }) => impact === 'serious' || impact === 'critical').map(({ text }) => text)
}

declare global {
  interface Window {
    axe: typeof axe
  }
}
