import { randomBytes } from 'node:crypto'
import { JOIN_CODE_LENGTH } from '@lectern/protocol'

const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'

/** Five bits each: 60 in all, where the contract asks for 50. */
export function newJoinCode(): string {
  return Array.from(randomBytes(JOIN_CODE_LENGTH), (byte) => ALPHABET[byte & 31]).join('')
}
