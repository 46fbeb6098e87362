import { API_BASE } from '@lectern/protocol'
import { LecternError } from '../errors.ts'

export interface RequestInput {
  readonly params?: object | undefined
  readonly query?: object | undefined
  readonly body?: unknown
}

/**
 * @param endpoint method and path, as `PUT /chat/messages/:messageId`
 * @throws LecternError for an id that no path can bear
 */
export function toRequest(url: string, endpoint: string, { params, query, body }: RequestInput, bearer?: string) {
  const [method = '', path = ''] = endpoint.split(' ')
  const headers: Record<string, string> = { Accept: 'application/json' }
  if (bearer !== undefined) headers['Authorization'] = `Bearer ${bearer}`
  if (body !== undefined) headers['Content-Type'] = 'application/json'
  return {
    url: `${url.replace(/\/+$/, '')}${API_BASE}${fill(path, params ?? {})}${toQuery(query ?? {})}`,
    init: {
      method,
      headers,
      // Also beside a token: `openSession` answers with a cookie.
      credentials: 'include',
      ...(body !== undefined && { body: JSON.stringify(body) }),
    } satisfies RequestInit,
  }
}

const fill = (path: string, params: object): string =>
  path.replaceAll(/:(\w+)/g, (_, name: string) => toSegment(name, Reflect.get(params, name)))

function toSegment(name: string, value: unknown): string {
  const text = String(value ?? '')
  // `.` and `..` are ids as good as any, but a URL takes them for steps in the path, in every spelling.
  if (text === '' || text === '.' || text === '..') {
    throw new LecternError('VALIDATION_FAILED', `${name} is no id that a URL can bear.`)
  }
  return encodeURIComponent(text)
}

function toQuery(query: object): string {
  const given = Object.entries(query).filter(([, value]) => value !== undefined && value !== null)
  const text = new URLSearchParams(given.map(([name, value]) => [name, String(value)])).toString()
  return text === '' ? '' : `?${text}`
}
