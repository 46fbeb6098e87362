import { API_BASE, type Route } from '@lectern/protocol'

/** Of a Zod schema, without the library: what goes in, and what comes out. */
type InputOf<Schema> = Schema extends { _zod: { input: infer Input } } ? Input : undefined
type OutputOf<Schema> = Schema extends { _zod: { output: infer Output } } ? Output : undefined

type PartOf<Definition, Part extends string> = Definition extends Record<Part, infer Schema> ? Schema : undefined

export interface RestInput<Definition extends Route> {
  readonly params?: Readonly<Record<string, string>>
  readonly query?: Readonly<Record<string, string | number>>
  readonly body?: InputOf<PartOf<Definition, 'body'>>
}

export interface RestAnswer<Definition extends Route> {
  readonly data: OutputOf<PartOf<Definition, 'response'>>
  readonly meta: OutputOf<PartOf<Definition, 'meta'>>
}

export type Rest = <const Definition extends Route>(
  route: Definition,
  input?: RestInput<Definition>,
) => Promise<RestAnswer<Definition>>

/**
 * Calls routes by their definition, as a client that is not under test. What answers is checked against the schema.
 * @throws Error with the answer's text when it is a failure
 */
export function restOf(url: string, token?: string): Rest {
  return async (route, input = {}) => {
    const response = await fetch(`${url}${API_BASE}${addressOf(route, input)}`, {
      method: route.method.toUpperCase(),
      headers: {
        ...(token === undefined ? {} : { Authorization: `Bearer ${token}` }),
        ...(input.body === undefined ? {} : { 'Content-Type': 'application/json' }),
      },
      ...(input.body === undefined ? {} : { body: JSON.stringify(input.body) }),
    })
    const text = await response.text()
    if (!response.ok) throw new Error(`${route.method} ${route.path}: ${response.status} ${text}`)
    const { data, meta }: Record<string, unknown> = text === '' ? {} : JSON.parse(text)
    // The schemas' outputs, which a conditional type does not follow.
    return { data: route.response?.parse(data), meta: route.meta?.parse(meta) } as RestAnswer<typeof route>
  }
}

function addressOf(route: Route, { params = {}, query = {} }: RestInput<Route>): string {
  const path = route.path.replaceAll(/:(\w+)/g, (_match, name: string) => encodeURIComponent(params[name] ?? ''))
  const search = new URLSearchParams(Object.entries(query).map(([name, value]) => [name, String(value)]))
  return search.size === 0 ? path : `${path}?${search}`
}
