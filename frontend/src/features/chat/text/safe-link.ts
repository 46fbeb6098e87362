/** A link that may be shown, and the host to show beside it where its text does not say plainly where it leads. */
export interface SafeLink {
  readonly href: string
  readonly host: string | undefined
}

const SCHEMES: ReadonlySet<string> = new Set(['http:', 'https:', 'mailto:'])
/** Reorder what is read, or are not seen at all. */
const DECEPTIVE = /[\p{Bidi_Control}\u200B-\u200D\u2060\uFEFF\u00AD]/u

/** Undefined for what is not to be a link. `text`: what the reader sees. */
export function safeLink(href: string, text: string): SafeLink | undefined {
  const url = URL.canParse(href) ? new URL(href) : undefined
  if (url === undefined || !SCHEMES.has(url.protocol)) return undefined
  const isPlain = !DECEPTIVE.test(text) && text.toLowerCase().includes(url.host) && url.username === ''
  return { href: url.href, host: url.protocol === 'mailto:' || isPlain ? undefined : url.host }
}
