import { describe, expect, it } from 'vitest'
import { SVG } from '../../../../test/content/picture.ts'
import { identified } from '../../../../test/content/staged.ts'
import { rootElement } from './xml-root.ts'

const SECOND_US = 1_000_000
const NAMESPACE = 'http://www.w3.org/2000/svg'
const refusal = expect.objectContaining({ code: 'UNSUPPORTED_FILE_TYPE' })

const utf16be = (text: string): Buffer => Buffer.from(`\uFEFF${text}`, 'utf16le').swap16()

describe('FI55: SVG', () => {
  it.each<[string, string | Buffer]>([
    ['without a prologue', SVG],
    [
      'behind declaration, comment and doctype',
      `<?xml version="1.0"?>\n<!-- <html> -->\n<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "x">${SVG}`,
    ],
    ['with declarations in its doctype', `<!DOCTYPE svg [<!-- ]> ' --><!ENTITY a "]>"><?x ]> ?>]>${SVG}`],
    [
      'with a namespace that it declares as an entity',
      `<!DOCTYPE svg [<!ENTITY ns "${NAMESPACE}">]><svg xmlns="&ns;"/>`,
    ],
    ['with a prefix', `<s:svg version='1.1' xmlns:s='${NAMESPACE}'/>`],
    ['with a byte order mark', `\uFEFF${SVG}`],
    ['in UTF-16, little end first', Buffer.from(`\uFEFF${SVG}`, 'utf16le')],
    ['in UTF-16, big end first', utf16be(SVG)],
    ['in an old encoding', Buffer.from(`<?xml version="1.0" encoding="iso-8859-1"?><!-- \xE9 -->${SVG}`, 'latin1')],
    ['behind a licence longer than the head', `<!--${' licence'.repeat(2000)}-->${SVG}`],
  ])('is SVG %s', async (_how, content) => {
    expect(await identified(content, 'a.svg')).toEqual({
      extension: '.svg',
      mimeType: 'image/svg+xml',
      category: 'image',
    })
  })

  it.each([
    ['HTML', '<!DOCTYPE html><html></html>'],
    ['HTML with SVG in it', `<html>${SVG}</html>`],
    ['another root of the same namespace', `<script xmlns="${NAMESPACE}"/>`],
    ['no namespace', '<svg width="1"/>'],
    ['another namespace', '<svg xmlns="http://www.w3.org/1999/xhtml"/>'],
    ['text before the root', `text ${SVG}`],
    ['text alone', 'alert(1)'],
    ['only a prologue', '<?xml version="1.0"?><!-- never ends'],
    ['only the beginning of a tag', `<svg xmlns="${NAMESPACE}"`],
    ['zeros', `\0\0${SVG}`],
    ['a zero in its prologue', `<!-- \0 -->${SVG}`],
    ['a PDF within a comment', `%PDF-1.4 <!-- -->${SVG}`],
  ])('is not: %s', async (_what, content) => {
    await expect(identified(content, 'a.svg')).rejects.toThrow(refusal)
  })
})

describe('the root element', () => {
  it.each([
    ['comments in a doctype', `<!DOCTYPE svg [${'<!-- -->'.repeat(30_000)}`],
    ['comments that never end', `<!DOCTYPE svg [${'<!--'.repeat(60_000)}`],
    ['spaces', `<svg${' '.repeat(250_000)}`],
    ['attributes', `<svg${' a="b"'.repeat(40_000)}`],
    ['entities that never end', `<!DOCTYPE svg [${'<!ENTITY a "'.repeat(20_001)}">]><svg/>`],
  ])('of a quarter of a megabyte made of %s is looked for once', (_what, text) => {
    const before = process.cpuUsage()
    rootElement(text)
    expect(process.cpuUsage(before).user).toBeLessThan(2 * SECOND_US)
  })
})
