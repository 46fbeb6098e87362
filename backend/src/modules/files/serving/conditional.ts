/** Of the bytes that would be answered. */
export interface Validators {
  /** As the header bears it: quoted, and with `W/` where it is weak. */
  readonly etag: string
  /** Epoch milliseconds; the header bears whole seconds. */
  readonly modifiedAt: number
}

export interface ConditionHeaders {
  readonly 'if-none-match'?: string | undefined
  readonly 'if-modified-since'?: string | undefined
  readonly 'if-range'?: string | string[] | undefined
}

/** RFC 9110, 13.2.2: `If-Modified-Since` counts only where there is no `If-None-Match`. */
export function isNotModified(headers: ConditionHeaders, { etag, modifiedAt }: Validators): boolean {
  const tags = headers['if-none-match']
  if (tags !== undefined) return tags.trim() === '*' || tagsOf(tags).some((tag) => opaque(tag) === opaque(etag))
  const since = timeOf(headers['if-modified-since'])
  return since !== undefined && seconds(modifiedAt) <= seconds(since)
}

/**
 * Whether a range may be answered in part: RFC 9110, 13.1.5. A tag is compared strongly, a date exactly: who sends one
 * has seen no tag, and every answer here bears one.
 */
export function rangeApplies({ 'if-range': condition }: ConditionHeaders, { etag, modifiedAt }: Validators): boolean {
  if (condition === undefined) return true
  if (typeof condition !== 'string') return false
  if (condition.includes('"')) return !etag.startsWith('W/') && condition.trim() === etag
  const time = timeOf(condition)
  return time !== undefined && seconds(time) === seconds(modifiedAt)
}

export const httpDate = (ms: number): string => new Date(ms).toUTCString()

/** An `opaque-tag` may hold a comma. */
const tagsOf = (list: string): string[] => list.match(/(?:W\/)?"[^"]*"/g) ?? []

/** The weak comparison of RFC 9110, 8.8.3.2. */
const opaque = (tag: string): string => tag.replace(/^W\//, '')

const seconds = (ms: number): number => Math.floor(ms / 1000)

/** RFC 9110, 5.6.7: what is no date of HTTP's is no condition; `Date.parse` finds a year in anything. */
const timeOf = (header = ''): number | undefined => {
  const time = /^\w{3,9}, [\w -]+ \d\d:\d\d:\d\d GMT$/.test(header) ? Date.parse(header) : Number.NaN
  return Number.isNaN(time) ? undefined : time
}
