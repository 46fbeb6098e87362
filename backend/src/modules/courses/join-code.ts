import { randomBytes } from 'node:crypto'

/** Crockford's base 32: no I, L, O or U, which are misread or spell words. */
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
/** Five bits each: 60 in all, where the contract asks for 50. */
const LENGTH = 12

export function newJoinCode(): string {
  return Array.from(randomBytes(LENGTH), (byte) => ALPHABET[byte & 31]).join('')
}

/** A code as somebody typed it off a board: any case, with spaces or hyphens, O for 0, I or L for 1. */
export function normaliseJoinCode(typed: string): string {
  return typed.toUpperCase().replaceAll(/[\s-]/g, '').replaceAll('O', '0').replaceAll(/[IL]/g, '1')
}

/** As it is written on a board: `ABCD-EFGH-JKMN`. */
export const formatJoinCode = (code: string): string => code.replace(/(.{4})(?=.)/g, '$1-')
