import {
  CLIENT_EVENTS,
  type ClientEvent,
  ERROR_STATUS,
  type ErrorCode,
  LIMITS,
  ROUTE_SECTIONS,
  SERVER_EVENTS,
  type ServerEvent,
  wireError,
} from '@lectern/protocol'
import { createCatalogue } from './catalogue.ts'
import { ERROR_MEANINGS } from './error-meanings.ts'
import { anchorOf, clientEventView, SOCKET_EXAMPLE, serverEventView } from './event-view.ts'
import { type Html, html, prose } from './markup.ts'
import { routeView, type ViewContext } from './route-view.ts'
import { schemaView } from './schema-view.ts'

interface Section {
  readonly id: string
  readonly title: string
  readonly description: string
  readonly entries: readonly { readonly anchor: string; readonly label: string }[]
  readonly content: Html
}

const CLIENT: [string, ClientEvent][] = Object.entries(CLIENT_EVENTS)
const SERVER: [string, ServerEvent][] = Object.entries(SERVER_EVENTS)

/** The whole reference, REST and socket events, as one page that loads nothing but its own style and script. */
export function createPage(version: string, publicUrl: string): string {
  const context = { catalogue: createCatalogue(), publicUrl }
  const sections = [...routeSections(context), ...eventSections(context)]
  // Last, since the sections before have brought their schemas.
  sections.push(schemaSection(context))
  return `<!doctype html>\n${documentOf(version, sections, context).text}`
}

const slug = (title: string): string => title.toLowerCase().replaceAll(' ', '-')

const routeSections = (context: ViewContext): Section[] =>
  ROUTE_SECTIONS.map(({ title, description, base, routes }) => ({
    id: `section-${slug(title)}`,
    title,
    description,
    entries: Object.entries(routes).map(([anchor, route]) => ({
      anchor,
      label: `${route.method.toUpperCase()} ${route.path}`,
    })),
    content: html`${Object.entries(routes).map(([name, route]) => routeView(name, base + route.path, route, context))}`,
  }))

const eventSections = (context: ViewContext): Section[] => [
  {
    id: 'section-emit',
    title: 'Events to the server',
    description: 'What a client emits. Every one takes an optional ack.',
    entries: CLIENT.map(([name]) => ({ anchor: anchorOf('emit', name), label: name })),
    content: html`${CLIENT.map(([name, event]) => clientEventView(name, event, context))}`,
  },
  {
    id: 'section-on',
    title: 'Events from the server',
    description: 'What a client listens to.',
    entries: SERVER.map(([name]) => ({ anchor: anchorOf('on', name), label: name })),
    content: html`${SERVER.map(([name, event]) => serverEventView(name, event, context))}`,
  },
]

function schemaSection({ catalogue }: ViewContext): Section {
  const schemas = Object.entries(catalogue.components).sort(([one], [other]) => one.localeCompare(other, 'en'))
  return {
    id: 'section-schemas',
    title: 'Schemas',
    description: 'The shapes that routes and events share.',
    entries: schemas.map(([id]) => ({ anchor: `schema-${id}`, label: id })),
    content: html`${schemas.map(
      ([id, schema]) => html`<article id="schema-${id}" class="entry">
        <h3><code>${id}</code> <a class="anchor" href="#schema-${id}" aria-label="Link to ${id}">#</a></h3>
        ${schema.description && html`<p>${prose(schema.description)}</p>`}
        ${schemaView(schema)}
      </article>`,
    )}`,
  }
}

const documentOf = (version: string, sections: readonly Section[], context: ViewContext): Html => html`<html lang="en">
<head>
  <meta charset="utf-8">
  <meta name="viewport" content="width=device-width, initial-scale=1">
  <meta name="color-scheme" content="light dark">
  <title>Lectern API reference</title>
  <link rel="icon" href="data:,">
  <link rel="stylesheet" href="/api/docs/page.css">
  <script src="/api/docs/page.js" defer></script>
</head>
<body>
  <header>
    <p class="brand"><strong>Lectern</strong> <span>API reference ${version}</span></p>
    <label class="filter" hidden><span>Filter</span> <input type="search" placeholder="Filter: chat, POST, Message …"></label>
    <p class="documents"><a href="/api/openapi.json">OpenAPI 3.1</a> <a href="/api/asyncapi.json">AsyncAPI 3.0</a></p>
  </header>
  <nav aria-label="Contents">${sections.map(contents)}</nav>
  <main>
    ${introduction(context)}
    ${sections.map(
      ({ id, title, description, content }) => html`<section id="${id}">
      <h2>${title}</h2><p>${prose(description)}</p>${content}
    </section>`,
    )}
    <p class="nothing" hidden>Nothing matches.</p>
  </main>
</body>
</html>
`

const contents = ({ id, title, entries }: Section): Html => html`<div class="contents">
  <a class="title" href="#${id}">${title}</a>
  <ul>${entries.map(({ anchor, label }) => html`<li><a href="#${anchor}">${label}</a></li>`)}</ul>
</div>`

function introduction({ publicUrl }: ViewContext): Html {
  const codes = [...wireError.shape.code.options].sort((one, other) => ERROR_STATUS[one] - ERROR_STATUS[other])
  const row = (code: ErrorCode) =>
    html`<tr id="error-${code}"><td><code>${code}</code></td><td>${ERROR_STATUS[code]}</td><td>${prose(ERROR_MEANINGS[code])}</td></tr>`
  return html`<section id="introduction" class="introduction">
    <h1>API reference</h1>
    <p>REST under <code>${publicUrl}/api/v1</code>; Socket.IO 4 on the same origin, default namespace. A caller is known by
      <code>Authorization: Bearer</code>, by <code>auth: { token }</code> of the socket, or by the cookie that signing in sets.</p>
    <p>An answer is <code>{ "success": true, "data": …, "meta"?: … }</code> or <code>{ "success": false, "error": { "code", "message", "details"? } }</code>,
      an ack <code>{ "ok": true, "data": … }</code> or <code>{ "ok": false, "error": … }</code>. Without an ack a failure comes as
      <a href="#${anchorOf('on', 'chat:error')}">chat:error</a>.</p>
    <p>Every field is taken in snake_case or camelCase; unknown fields are ignored, and <code>null</code> for an optional one is absence.
      Lists take <code>limit</code> (${LIMITS.pageMin} to ${LIMITS.pageMax}, default ${LIMITS.pageDefault}) and go on by <code>cursor</code>.
      Lengths of text are in UTF-16 units, after trimming.</p>
    <div class="example"><pre><code>${SOCKET_EXAMPLE(publicUrl)}</code></pre></div>
    <h2 id="errors">Errors</h2>
    <div class="scroll"><table><thead><tr><th>Code</th><th>Status</th><th>Meaning</th></tr></thead><tbody>${codes.map(row)}</tbody></table></div>
  </section>`
}
