import { z } from 'zod'
import { LIMITS } from './limits.ts'

// Control characters are C0, DEL and C1.
const CONTROL = /\p{Cc}/u
const CONTROL_IN_TEXT = /[^\P{Cc}\n\t]/u

const isWellFormed = (value: string): boolean => value.isWellFormed()
const UNPAIRED = 'holds an unpaired surrogate'

/** Zod's own `min` and `max` count code points; the contract counts UTF-16 units. */
const inUnits = (schema: z.ZodString, min: number, max: number) =>
  schema
    .refine((value) => value.length >= min, min === 1 ? 'must not be empty' : `must have ${min} characters or more`)
    .refine((value) => value.length <= max, `must have ${max} characters or fewer`)
    .meta({ minLength: min, maxLength: max })

/**
 * Text that a person wrote: trimmed, then `min` to `max` UTF-16 units, otherwise as written.
 * Refuses unpaired surrogates and control characters other than newline and tab.
 */
export const text = (min: number, max: number) =>
  inUnits(z.string().trim(), min, max)
    .refine(isWellFormed, UNPAIRED)
    .refine((value) => !CONTROL_IN_TEXT.test(value), 'holds a control character other than newline and tab')

export const personName = text(1, LIMITS.name).meta({ examples: ['Name'] })
export const courseTitle = text(1, LIMITS.title).meta({ examples: ['Algebra'] })

/** The sender's own key of a message: kept exactly, since it is only ever compared. */
export const clientId = inUnits(z.string(), 1, LIMITS.clientId)
  .refine(isWellFormed, UNPAIRED)
  .refine((value) => !CONTROL.test(value), 'holds a control character')

/** Lower case, since no mail system that matters tells addresses apart by case and people type them either way. */
export const email = z
  .string()
  .trim()
  .toLowerCase()
  .max(LIMITS.email)
  .regex(z.regexes.html5Email, 'expected an e-mail address')
  .meta({ format: 'email', examples: ['name@example.org'] })

// Far beyond any password, so that a huge input is refused before it is normalised.
const LONGEST_INPUT = 1000

/** NFKC, so that a password typed on another keyboard is the same (NIST SP 800-63B, 5.1.1.2). */
const normalisedPassword = z
  .string()
  .refine((value) => value.length <= LONGEST_INPUT, { message: 'too long', abort: true })
  .refine(isWellFormed, { message: UNPAIRED, abort: true })
  .overwrite((value) => value.normalize('NFKC'))

export const newPassword = inUnits(normalisedPassword, LIMITS.passwordMin, LIMITS.passwordMax).meta({
  format: 'password',
  examples: ['correct horse battery'],
})

/** A password to compare: its length tells nothing about the account, so none is refused for being short. */
export const givenPassword = normalisedPassword
  .refine((value) => value !== '', 'must not be empty')
  .meta({ format: 'password', examples: ['correct horse battery'] })
