import type { Page } from 'playwright-core'
import { type Texts, textsOf } from '../../rig/texts.ts'

/** What stands beside the messages, or above them. */
export function chatPanels(page: Page, { text, like }: Texts = textsOf('en')) {
  const panel = (kind: 'search' | 'pins' | 'people') => {
    const name = text(`chat:panels.${kind}`)
    return page.getByRole('complementary', { name }).or(page.getByRole('dialog', { name }))
  }
  const search = panel('search')
  return {
    search,
    pins: panel('pins'),
    people: panel('people'),
    words: search.getByRole('textbox', { name: text('chat:search.placeholder') }),
    hits: search.getByRole('listitem'),
    /** What was found, in what holds it. */
    marks: search.locator('mark'),
    personFilter: search.getByText(text('chat:search.person'), { exact: true }),
    filters: search.getByRole('button', { name: text('chat:search.filters') }),
    /** Of any panel. */
    goTo: page.getByRole('button', { name: like('chat:panels.open') }),
    close: page.getByRole('button', { name: text('chat:panels.close') }),
  }
}
