import { type ClientEvent, LIMITS, type ServerEvent } from '@lectern/protocol'
import type { JsonSchema } from './catalogue.ts'
import { type Html, html, prose } from './markup.ts'
import { LIMIT_IN_WORDS } from './route-facts.ts'
import { details, type ViewContext } from './route-view.ts'
import { sampleOf } from './sample.ts'
import { schemaView, typeOf } from './schema-view.ts'

export const anchorOf = (direction: 'emit' | 'on', event: string): string => `${direction}-${event.replace(':', '.')}`

const heading = (anchor: string, direction: 'emit' | 'on', event: string): Html =>
  html`<h3><span class="method ${direction}">${direction}</span> <code>${event}</code>
    <a class="anchor" href="#${anchor}" aria-label="Link to ${event}">#</a></h3>`

export function clientEventView(name: string, event: ClientEvent, { catalogue }: ViewContext): Html {
  const anchor = anchorOf('emit', name)
  const payload = catalogue.add(event.payload, 'input')
  return html`<article id="${anchor}" class="entry">
    ${heading(anchor, 'emit', name)}
    <p>${prose(event.summary)}</p>
    <p class="facts"><span class="tag">${LIMIT_IN_WORDS[event.limit]}</span></p>
    ${details('Payload', schemaView(payload))}
    ${answerView('Ack', catalogue.add(event.ack, 'output'))}
    <div class="example"><pre><code>${`socket.emit('${name}', ${literal(sampleOf(payload, catalogue))}, (answer) => …)`}</code></pre></div>
  </article>`
}

export function serverEventView(name: string, event: ServerEvent, { catalogue }: ViewContext): Html {
  const anchor = anchorOf('on', name)
  return html`<article id="${anchor}" class="entry">
    ${heading(anchor, 'on', name)}
    <p>${prose(event.summary)}</p>
    <p class="facts"><span>To: ${prose(event.to)}</span></p>
    ${answerView('Payload', catalogue.add(event.payload, 'output'))}
  </article>`
}

const answerView = (title: string, schema: JsonSchema): Html =>
  schema.$ref === undefined
    ? details(title, schemaView(schema))
    : html`<p class="type">${title}: <code>${typeOf(schema)}</code></p>`

/** As JavaScript is written by hand: no quotes around names. */
const literal = (sample: unknown): string =>
  JSON.stringify(sample, null, 1)
    .replace(/"(\w+)":/g, '$1:')
    .replace(/\n\s*/g, ' ')
    .replaceAll('"', "'")

export const SOCKET_EXAMPLE = (publicUrl: string): string =>
  `import { io } from 'socket.io-client'

const socket = io('${publicUrl}', { auth: { token: 'TOKEN' } })
socket.on('chat:new_message', (message) => console.log(message.user_name, message.message))
socket.emit('chat:join_room', { courseId: 'COURSE_ID' }, (answer) => {
  if (!answer.ok) console.error(answer.error.code, answer.error.message)
})
// A frame may hold ${LIMITS.frameBytes.toLocaleString('en')} bytes.`
