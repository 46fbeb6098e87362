const LENGTH = 12

/** What a code looks like. */
export const EXAMPLE_CODE = 'ABCD-EFGH-JKMN'

const IN_LINK = /\/join\/([^/?#\s]+)/

/**
 * A join code as it is written on a board, `ABCD-EFGH-JKMN`, out of what somebody typed or pasted: any case, with or
 * without hyphens, O for 0, I or L for 1 (Crockford's base 32 has none of these), or a whole invitation link.
 */
export function formatJoinCode(typed: string): string {
  const code = IN_LINK.exec(typed)?.[1] ?? typed
  const bare = code
    .toUpperCase()
    .replaceAll(/[^0-9A-Z]/g, '')
    .replaceAll('O', '0')
    .replaceAll(/[IL]/g, '1')
  return bare.slice(0, LENGTH).replaceAll(/(.{4})(?=.)/g, '$1-')
}

/** Where the caret belongs in a formatted code, behind as many letters and digits as before. */
export function caretIn(formatted: string, lettersBefore: number): number {
  let letters = 0
  for (const [index, character] of [...formatted].entries()) {
    if (letters === lettersBefore) return character === '-' ? index + 1 : index
    if (character !== '-') letters += 1
  }
  return formatted.length
}

export const countLetters = (text: string): number => text.replaceAll(/[^0-9A-Za-z]/g, '').length
