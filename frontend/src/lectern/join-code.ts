import { formatJoinCode, JOIN_CODE_LENGTH, normaliseJoinCode } from '@lectern/protocol'

/** What a code looks like. */
export const EXAMPLE_CODE = 'ABCD-EFGH-JKMN'

const IN_LINK = /\/join\/([^/?#\s]+)/

/** A join code as it is written on a board, out of what somebody typed or pasted: the code, or a whole invitation link. */
export function codeIn(typed: string): string {
  const code = IN_LINK.exec(typed)?.[1] ?? typed
  return formatJoinCode(normaliseJoinCode(code).slice(0, JOIN_CODE_LENGTH))
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

export const countLetters = (text: string): number => normaliseJoinCode(text).length
