/** Symbols of a join code, each one of Crockford's base 32: no I, L, O or U, which are misread or spell words. */
export const JOIN_CODE_LENGTH = 12

/** A code as somebody typed it off a board: any case, with whatever between, O for 0, I or L for 1. */
export const normaliseJoinCode = (typed: string): string =>
  typed
    .toUpperCase()
    .replaceAll(/[^0-9A-Z]/g, '')
    .replaceAll('O', '0')
    .replaceAll(/[IL]/g, '1')

/** As it is written on a board: `ABCD-EFGH-JKMN`. */
export const formatJoinCode = (code: string): string => code.replaceAll(/(.{4})(?=.)/g, '$1-')
