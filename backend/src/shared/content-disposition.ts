export type Disposition = 'attachment' | 'inline'

/** What Windows does not take in a name, and what would end or hide the parameter. */
const UNSAFE_IN_ASCII = /["\\/:*?<>|%]/g

/**
 * RFC 6266, both parameters always: `filename*` (RFC 8187) bears the name's NFC form, and `filename` an ASCII likeness for what does not read it.
 * @param name any Unicode; controls, bidi overrides, separators and unpaired surrogates become `_`
 */
export function contentDisposition(disposition: Disposition, name: string): string {
  const safe = name
    .normalize('NFC')
    .toWellFormed()
    .replace(/[\p{Cc}\u2028-\u202E\u2066-\u2069\uFFFD/\\]/gu, '_')
  return `${disposition}; filename="${asciiOf(safe)}"; filename*=UTF-8''${extended(safe)}`
}

/** RFC 8187, 3.2.1: what `encodeURIComponent` leaves and `attr-char` has not is written in bytes too. */
const extended = (name: string): string =>
  encodeURIComponent(name).replace(/['()*]/g, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`)

/** Letters without their marks (`Bài giảng.pdf` → `Bai giang.pdf`); what has no likeness is `_`. */
const asciiOf = (name: string): string =>
  name
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .replaceAll('đ', 'd')
    .replaceAll('Đ', 'D')
    .replace(/[^\x20-\x7e]+/gu, '_')
    .replace(UNSAFE_IN_ASCII, '_')
