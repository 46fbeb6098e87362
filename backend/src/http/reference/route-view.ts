import { ERROR_STATUS, type Route } from '@lectern/protocol'
import type { Catalogue } from './catalogue.ts'
import { type Html, html, prose } from './markup.ts'
import { AUTH_IN_WORDS, errorCodesOf, fieldsOf, LIMIT_IN_WORDS } from './route-facts.ts'
import { sampleOf } from './sample.ts'
import { schemaView, typeOf } from './schema-view.ts'

/** What every entry of the page needs. */
export interface ViewContext {
  readonly catalogue: Catalogue
  /** Without a slash at the end. */
  readonly publicUrl: string
}

export function routeView(name: string, path: string, route: Route, context: ViewContext): Html {
  return html`<article id="${name}" class="entry">
    <h3><span class="method ${route.method}">${route.method.toUpperCase()}</span> <code>${path}</code>
      <a class="anchor" href="#${name}" aria-label="Link to ${name}">#</a></h3>
    <p>${prose(route.summary)}.</p>
    <p class="facts"><span>${prose(route.who)}</span> <span class="tag">${AUTH_IN_WORDS[route.auth]}</span>
      <span class="tag">${LIMIT_IN_WORDS[route.limit]}</span></p>
    ${inputs(route, context)}
    ${answers(route, context)}
    <div class="example"><pre><code>${curlOf(path, route, context)}</code></pre></div>
  </article>`
}

export const details = (title: string, content: Html): Html =>
  html`<details><summary>${title}</summary>${content}</details>`

function inputs({ query, body, form }: Route, { catalogue }: ViewContext): Html {
  return html`${query && details('Query', schemaView(catalogue.add(fieldsOf(query), 'input')))}
    ${body && details('Body', schemaView(catalogue.add(body, 'input')))}
    ${form && details('Form', schemaView(catalogue.add(fieldsOf(form), 'input')))}`
}

function answers(route: Route, { catalogue }: ViewContext): Html {
  const { status, also, response, meta, produces, orProduces } = route
  const data = response && html`<p><code>data</code>: <code>${typeOf(catalogue.add(response, 'output'))}</code></p>`
  const more = meta && html`<p><code>meta</code>: <code>${typeOf(catalogue.add(meta, 'output'))}</code></p>`
  const typed = (types: readonly string[]) => types.map((type) => html`<code>${type}</code> `)
  const kinds = produces && html`<p>${typed(produces)}</p>`
  const instead = orProduces && html`<p>By its query instead: ${typed(orProduces)}</p>`
  const codes = errorCodesOf(route).map(
    (code) => html`<li><code>${ERROR_STATUS[code]}</code> <a href="#error-${code}">${code}</a></li>`,
  )
  return html`<details><summary>Answer <code>${status}</code>${also && html` or <code>${also.status}</code>`}</summary>
      ${also && html`<p><code>${also.status}</code>: ${prose(also.when)}</p>`}${data}${more}${kinds}${instead}
      ${status === 204 ? html`<p>No body.</p>` : ''}
      <ul class="codes">${codes}</ul>
    </details>`
}

const placeholder = (name: string): string => name.replace(/[A-Z]/g, '_$&').toUpperCase()

const TOKENS = {
  none: undefined,
  optional: 'TOKEN',
  user: 'TOKEN',
  user_or_api_key: 'TOKEN',
  operator: 'METRICS_TOKEN',
} as const

function curlOf(path: string, route: Route, { catalogue, publicUrl }: ViewContext): string {
  const url = publicUrl + path.replace(/:(\w+)/g, (_, name: string) => placeholder(name)) + queryOf(route, catalogue)
  const token = TOKENS[route.auth]
  const body = route.body && JSON.stringify(sampleOf(catalogue.add(route.body, 'input'), catalogue))
  const options = [
    ...(token === undefined ? [] : [`-H 'Authorization: Bearer ${token}'`]),
    ...(body === undefined ? [] : ["-H 'Content-Type: application/json'", `-d '${body}'`]),
    ...formOf(route, catalogue),
  ]
  const method = route.method === 'get' ? '' : `-X ${route.method.toUpperCase()} `
  return [`curl ${method}'${url}'`, ...options].join(' \\\n  ')
}

/** Only the parts that the form cannot do without; several files are parts of one name. */
function formOf({ form }: Route, catalogue: Catalogue): string[] {
  const { properties = {}, required = [] } = form === undefined ? {} : catalogue.add(fieldsOf(form), 'input')
  return required.map((name) => {
    const part = properties[name]
    const one = typeof part === 'object' && part.type === 'array' ? part.items : part
    const isFile = typeof one === 'object' && 'format' in one && one.format === 'binary'
    return `-F '${name}=${isFile ? '@FILE' : placeholder(name)}'`
  })
}

/** Only what the query cannot do without. */
function queryOf({ query }: Route, catalogue: Catalogue): string {
  if (query === undefined) return ''
  const sample = sampleOf(catalogue.add(fieldsOf(query), 'input'), catalogue)
  const needed = Object.entries(sample ?? {}).map(([name, value]): [string, string] => [name, String(value)])
  return needed.length === 0 ? '' : `?${new URLSearchParams(needed)}`
}
