/** A path of this site out of an address that anybody may have written; else `/`. */
export function safePath(text: string | null, origin: string = globalThis.location.origin): string {
  if (text === null || !text.startsWith('/')) return '/'
  const url = URL.canParse(text, origin) ? new URL(text, origin) : undefined
  return url?.origin === origin ? url.pathname + url.search : '/'
}
