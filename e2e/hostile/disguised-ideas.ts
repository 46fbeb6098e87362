import { FILE_CATEGORIES, FILE_CATEGORY_NAMES } from '@lectern/protocol'
import type { HostileIdea } from './hostile-file.ts'
import { xsltOf } from './svg-ideas.ts'

const XHTML = 'xmlns="http://www.w3.org/1999/xhtml"'
const html = (run: string): string => `<!DOCTYPE html><script>${run}</script>`
const xhtml = (run: string): string => `<html ${XHTML}><head><script>${run}</script></head></html>`
const withStyleSheet = (run: string): string =>
  `<?xml version="1.0"?><?xml-stylesheet type="text/xsl" href="data:text/xsl,${encodeURIComponent(xsltOf(run))}"?><a/>`
const mhtml = (run: string): string =>
  ['MIME-Version: 1.0', 'Content-Type: multipart/related; boundary=b', '', '--b', 'Content-Type: text/html', '']
    .concat(html(run), '--b--', '')
    .join('\r\n')
const flash = (): string => `FWS\x0A${'\0'.repeat(64)}`

const EXTENSIONS = FILE_CATEGORY_NAMES.flatMap((category): readonly string[] => FILE_CATEGORIES[category].extensions)

/** Markup that calls itself every kind that is taken. */
const AS_A_KIND: readonly HostileIdea[] = EXTENSIONS.map((extension) => ({
  what: `HTML as ${extension}`,
  filename: `page${extension}`,
  content: html,
}))

/** Documents under their own names, and under names that servers and browsers guess about. */
const AS_IT_IS: readonly HostileIdea[] = [
  ...['.html', '.htm', '.HTML', '.shtml', '.php', '.asp', '.jsp', '', '.', '.unknown', '.bin', '.tmp', '.part'].map(
    (extension) => ({
      what: `HTML named ${extension || 'without an extension'}`,
      filename: `page${extension}`,
      content: html,
    }),
  ),
  ...['.png.html', '.pdf.htm', '.svg.xhtml', '.html.xyz'].map((extension) => ({
    what: `a document named ${extension}`,
    filename: `page${extension}`,
    content: xhtml,
  })),
  { what: 'XHTML', filename: 'page.xhtml', content: xhtml },
  { what: 'XHTML as XML', filename: 'page.xml', content: xhtml },
  { what: 'XML with XSLT', filename: 'sheet.xml', content: withStyleSheet },
  { what: 'XML with XSLT as XSL', filename: 'sheet.xsl', content: withStyleSheet },
  { what: 'MHTML', filename: 'page.mhtml', content: mhtml },
  { what: 'MHTML as a document', filename: 'page.doc', content: mhtml },
  { what: 'Flash', filename: 'film.swf', content: flash },
  { what: 'Flash as GIF', filename: 'film.gif', content: flash },
  { what: 'a script', filename: 'script.js', content: (run) => run },
  { what: 'a module', filename: 'script.mjs', content: (run) => run },
  { what: 'a script as PNG', filename: 'script.png', content: (run) => run },
  { what: 'a script without a type', filename: 'script', content: (run) => run },
]

export const DISGUISED_IDEAS: readonly HostileIdea[] = [...AS_A_KIND, ...AS_IT_IS]
