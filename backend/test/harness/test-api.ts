import { API_BASE, failure, type Route, type WireError } from '@lectern/protocol'
import { z } from 'zod'

export interface ApiAnswer {
  readonly status: number
  readonly headers: Headers
  /** As it came; empty where there was no body. */
  readonly text: string
  /** Of a success, else undefined. */
  readonly data: unknown
  readonly meta: unknown
  /** Of a failure, else undefined. */
  readonly error: WireError | undefined
}

interface CallInput<Definition extends Route> {
  readonly params?: Record<string, string>
  readonly query?: Record<string, string | number>
  readonly body?: Definition['body'] extends z.ZodType ? z.input<Definition['body']> : undefined
}

type DataOf<Definition extends Route> = Definition['response'] extends z.ZodType
  ? z.output<Definition['response']>
  : undefined

const success = z.object({ success: z.literal(true), data: z.unknown(), meta: z.unknown().optional() })

/** REST as a client calls it; `token` is sent as Bearer where there is one. */
export class TestApi {
  readonly #url: string
  readonly #token: string | undefined

  constructor(url: string, token?: string) {
    this.#url = url
    this.#token = token
  }

  get = (path: string, init?: RequestInit) => this.request('GET', path, undefined, init)
  post = (path: string, body?: unknown, init?: RequestInit) => this.request('POST', path, body, init)
  put = (path: string, body?: unknown, init?: RequestInit) => this.request('PUT', path, body, init)
  patch = (path: string, body?: unknown, init?: RequestInit) => this.request('PATCH', path, body, init)
  delete = (path: string, init?: RequestInit) => this.request('DELETE', path, undefined, init)

  /** @param path below `/api/v1` */
  async request(method: string, path: string, body?: unknown, init: RequestInit = {}): Promise<ApiAnswer> {
    const headers = new Headers(init.headers)
    if (this.#token !== undefined) headers.set('Authorization', `Bearer ${this.#token}`)
    if (body !== undefined) headers.set('Content-Type', 'application/json')
    const sent = body === undefined ? {} : { body: JSON.stringify(body) }
    const response = await fetch(`${this.#url}${API_BASE}${path}`, { ...init, ...sent, method, headers })
    return answerOf(response, await response.text())
  }

  /** A route by its definition; its data is checked against the definition's schema. @throws Error when it fails */
  async call<const Definition extends Route>(
    route: Definition,
    input: CallInput<Definition> = {},
  ): Promise<DataOf<Definition>> {
    const path = route.path.replaceAll(/:(\w+)/g, (_match, name: string) =>
      encodeURIComponent(input.params?.[name] ?? ''),
    )
    const query = new URLSearchParams()
    for (const [name, value] of Object.entries(input.query ?? {})) query.set(name, String(value))
    const answer = await this.request(
      route.method.toUpperCase(),
      query.size === 0 ? path : `${path}?${query}`,
      input.body,
    )
    if (answer.status >= 400)
      throw new Error(`${route.method} ${path}: ${answer.status} ${answer.text}`, { cause: answer.error })
    // The schema's output, which a conditional type does not follow.
    return (route.response === undefined ? undefined : route.response.parse(answer.data)) as DataOf<Definition>
  }
}

function answerOf({ status, headers }: Response, text: string): ApiAnswer {
  const isJson = headers.get('content-type')?.startsWith('application/json') ?? false
  const body: unknown = isJson ? JSON.parse(text) : undefined
  const { data, meta } = success.safeParse(body).data ?? {}
  return { status, headers, text, data, meta, error: failure.safeParse(body).data?.error }
}
