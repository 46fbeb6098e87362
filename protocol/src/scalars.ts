import { z } from 'zod'
import { ID_PATTERN } from './id-pattern.ts'
import { LIMITS } from './limits.ts'

/** Names of what the server itself is called on the wire; no person, course or class bears one. */
const NOBODY: ReadonlySet<string> = new Set(['sfu', 'all'])

/** An opaque id: made here (UUIDv7), or an existing system's own. */
export const id = z
  .string()
  .regex(ID_PATTERN, `an id is 1 to ${LIMITS.id} of A-Z a-z 0-9 . _ : @ + | = ~ -`)
  .refine((value) => !NOBODY.has(value), 'this id is reserved')
  .meta({
    id: 'Id',
    examples: ['01990000-0000-7000-8000-000000000000'],
    description: `Opaque: 1 to ${LIMITS.id} of \`A-Za-z0-9._:@+|=~-\`; \`sfu\` and \`all\` are nobody's.`,
  })

/** The id of a person, or `all`, which means everybody enrolled. */
export const mentionTarget = z.union([z.literal('all'), id], 'expected the id of a person, or "all"')

/** A place in a course's log: safe, not negative. */
export const position = z.int('expected a whole number').min(0)

/** How many. */
export const count = z.int().min(0)

const fromDigits = (value: unknown): unknown =>
  typeof value === 'string' && /^\d{1,16}$/.test(value) ? Number(value) : value

/** A whole number out of a query string, where `12abc`, `1.5`, `-1`, ` 1` and nothing at all are refused. */
export const queryInteger = (min: number, max: number = Number.MAX_SAFE_INTEGER) =>
  z.preprocess((value: string) => fromDigits(value), z.int('expected one whole number').min(min).max(max))

const isTimeZone = (value: string): boolean => {
  try {
    new Intl.DateTimeFormat('en', { timeZone: value })
    return true
  } catch {
    return false
  }
}

/** An IANA zone, as `Asia/Ho_Chi_Minh`. An offset such as `+07:00` has no daylight saving and is not one. */
export const timeZone = z
  .string()
  .max(64)
  .regex(/^[A-Za-z][A-Za-z0-9_+/-]*$/, 'expected an IANA time zone')
  .refine(isTimeZone, 'no such IANA time zone')
  .meta({ description: 'An IANA time zone, as `Asia/Ho_Chi_Minh`.' })

const isLocale = (value: string): boolean => {
  try {
    return Intl.getCanonicalLocales(value).length === 1
  } catch {
    return false
  }
}

/** A BCP 47 language tag, as `vi` or `en-GB`. */
export const locale = z.string().min(2).max(LIMITS.locale).refine(isLocale, 'expected a BCP 47 language tag')
