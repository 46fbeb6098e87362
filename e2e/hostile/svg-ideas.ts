import { Buffer } from 'node:buffer'
import type { HostileIdea } from './hostile-file.ts'

const SVG = 'xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" width="9" height="9"'
const XHTML = 'xmlns:h="http://www.w3.org/1999/xhtml"'

const svg = (inside: string, attributes = ''): string => `<svg ${SVG} ${attributes}>${inside}</svg>`
const script = (run: string): string => `<script>${run}</script>`
const dataSvg = (inside: string): string => `data:image/svg+xml;base64,${Buffer.from(svg(inside)).toString('base64')}`
const dataScript = (run: string): string => `data:text/javascript,${encodeURIComponent(run)}`
const dataHtml = (run: string): string => `data:text/html,${encodeURIComponent(script(run))}`
const charsOf = (run: string): string => [...run].map((char) => `&#${char.charCodeAt(0)};`).join('')
const srcdoc = (run: string): string => `srcdoc="&lt;script&gt;parent.${run.slice(5)}&lt;/script&gt;"`
const within = (html: string): string => svg(`<foreignObject width="9" height="9">${html}</foreignObject>`, XHTML)

/** What an SVG runs by itself. */
const ELEMENTS: Readonly<Record<string, (run: string) => string>> = {
  'a script': (run) => svg(script(run)),
  'a script in CDATA': (run) => svg(`<script><![CDATA[${run}]]></script>`),
  'a script with a type': (run) => svg(`<script type="text/ecmascript">${run}</script>`),
  'a module': (run) => svg(`<script type="module">${run}</script>`),
  'a script in characters': (run) => svg(`<script>${charsOf(run)}</script>`),
  'a script within definitions': (run) => svg(`<defs><g>${script(run)}</g></defs>`),
  'a script in a nested drawing': (run) => svg(svg(script(run))),
  'a script behind a switch': (run) => svg(`<switch>${script(run)}</switch>`),
  'a script by href': (run) => svg(`<script href="${dataScript(run)}"/>`),
  'a script by xlink:href': (run) => svg(`<script xlink:href="${dataScript(run)}"/>`),
  onload: (run) => svg('', `onload="${run}"`),
  'onload in characters': (run) => svg('', `onload="${charsOf(run)}"`),
  'onload of a part': (run) => svg(`<g onload="${run}"/>`),
  'onload of a style': (run) => svg(`<style onload="${run}">a{}</style>`),
  'onerror of an image': (run) => svg(`<image href="data:," width="9" height="9" onerror="${run}"/>`),
  'onload of an image': (run) => svg(`<image href="${dataSvg('')}" width="9" height="9" onload="${run}"/>`),
  'onbegin of an animation': (run) =>
    svg(`<rect><animate attributeName="x" dur="1s" begin="0s" onbegin="${run}"/></rect>`),
  'onend of an animation': (run) =>
    svg(`<rect><animate attributeName="x" dur="1ms" from="0" to="1" onend="${run}"/></rect>`),
  'onbegin of a setting': (run) => svg(`<rect><set attributeName="x" to="1" begin="0s" onbegin="${run}"/></rect>`),
  'onrepeat of an animation': (run) =>
    svg(`<rect><animate attributeName="x" dur="10ms" repeatCount="3" from="0" to="1" onrepeat="${run}"/></rect>`),
  'onfocusin by autofocus': (run) => svg(`<rect tabindex="0" autofocus="" width="9" height="9" onfocus="${run}"/>`),
  'a link to a script': (run) => svg(`<a xlink:href="javascript:${run}"><rect width="9" height="9"/></a>`),
  'a link that an animation makes': (run) =>
    svg(`<a><rect width="9" height="9"/><set attributeName="href" to="javascript:${run}"/></a>`),
  'a drawing used from data': (run) => svg(`<use href="${dataSvg(script(run))}#a"/>`),
  'an image that is a drawing': (run) => svg(`<image href="${dataSvg(script(run))}" width="9" height="9"/>`),
  'a handler of SVG Tiny': (run) => svg(`<handler type="text/javascript" event="load">${run}</handler>`),
  'a filter from data': (run) => svg(`<filter id="f"><feImage href="${dataSvg(script(run))}"/></filter>`),
}

/** What it runs by HTML within it. */
const FOREIGN: Readonly<Record<string, (run: string) => string>> = {
  'a foreign script': (run) => within(`<h:script>${run}</h:script>`),
  'a foreign image’s onerror': (run) => within(`<h:img src="data:," onerror="${run}"/>`),
  'a foreign body’s onload': (run) => within(`<h:body onload="${run}"><h:p/></h:body>`),
  'a foreign frame with a document': (run) => within(`<h:iframe ${srcdoc(run)}/>`),
  'a foreign frame with a script': (run) => within(`<h:iframe src="javascript:parent.${run.slice(5)}"/>`),
  'a foreign frame with data': (run) => within(`<h:iframe src="${dataHtml(run)}"/>`),
  'a foreign object with data': (run) => within(`<h:object data="${dataHtml(run)}" type="text/html"/>`),
  'a foreign embedding': (run) => within(`<h:embed src="${dataSvg(script(run))}" type="image/svg+xml"/>`),
  'foreign details': (run) => within(`<h:details open="" ontoggle="${run}"><h:summary/></h:details>`),
  'a foreign field': (run) => within(`<h:input autofocus="" onfocus="${run}"/>`),
  'a foreign video': (run) => within(`<h:video onerror="${run}"><h:source src="data:,"/></h:video>`),
  'a foreign refresh': (run) => within(`<h:meta http-equiv="refresh" content="0;url=javascript:${run}"/>`),
  'a foreign form': (run) =>
    within(`<h:form action="javascript:${run}" id="f"/><h:script>document.forms[0].submit()</h:script>`),
  'HTML without a foreignObject': (run) => svg(`<h:script>${run}</h:script>`, XHTML),
  'a frame without a foreignObject': (run) => svg(`<h:iframe ${srcdoc(run)}/>`, XHTML),
  'a style sheet from elsewhere': (run) =>
    svg(`<style>@import url(/ran/css);*{background:url(javascript:${run})}</style>`),
}

const entity = (run: string): string => `<!ENTITY s "&#60;script>${run}&#60;/script>">`

/** What it runs by the way it is written. */
const WRITTEN: Readonly<Record<string, (run: string) => string | Buffer>> = {
  'a script in UTF-16': (run) => Buffer.from(`\uFEFF${svg(script(run))}`, 'utf16le'),
  'a script in UTF-16, big end first': (run) => Buffer.from(`\uFEFF${svg(script(run))}`, 'utf16le').swap16(),
  'a script behind a byte order mark': (run) => `\uFEFF${svg(script(run))}`,
  'a script in an entity': (run) => `<!DOCTYPE svg [${entity(run)}]>${svg('&s;')}`,
  'a handler in an entity': (run) => `<!DOCTYPE svg [<!ENTITY r "${run}">]>${svg('', 'onload="&r;"')}`,
  'a handler by default of its type': (run) => `<!DOCTYPE svg [<!ATTLIST svg onload CDATA "${run}">]>${svg('')}`,
  'a file of the server’s in an entity': (run) =>
    `<!DOCTYPE svg [<!ENTITY x SYSTEM "file:///etc/passwd">]>${svg(`<text>&x;</text>${script(run)}`)}`,
  'a script with a prefix': (run) => `<s:svg xmlns:s="http://www.w3.org/2000/svg"><s:script>${run}</s:script></s:svg>`,
  'a script behind a long comment': (run) => `<!--${' '.repeat(9000)}-->${svg(script(run))}`,
  'a script behind a comment with HTML': (run) => `<!-- <html><script>${run}</script> -->${svg(script(run))}`,
  'a style sheet that makes HTML of it': (run) =>
    `<?xml-stylesheet type="text/xsl" href="data:text/xsl,${encodeURIComponent(xsltOf(run))}"?>${svg('')}`,
  'a declared old encoding': (run) => `<?xml version="1.0" encoding="iso-2022-jp"?>${svg(script(run))}`,
}

export const xsltOf = (run: string): string =>
  `<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"><xsl:template match="/"><html xmlns="http://www.w3.org/1999/xhtml"><script>${run}</script></html></xsl:template></xsl:stylesheet>`

export const SVG_IDEAS: readonly HostileIdea[] = Object.entries({ ...ELEMENTS, ...FOREIGN, ...WRITTEN }).map(
  ([what, content]) => ({ what: `SVG: ${what}`, filename: 'drawing.svg', content }),
)
