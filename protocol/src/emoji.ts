import { z } from 'zod'
import { LIMITS } from './limits.ts'

const ONE_RGI_EMOJI = /^\p{RGI_Emoji}$/v
const VARIATION_SELECTOR_16 = '\uFE0F'

/** “❤” and “❤️” are one kind: some keyboards leave out the selector that asks for the picture. */
const qualified = (value: string): string => {
  if (value.length > LIMITS.emoji || ONE_RGI_EMOJI.test(value)) return value
  const withSelector = value + VARIATION_SELECTOR_16
  return ONE_RGI_EMOJI.test(withSelector) ? withSelector : value
}

/** Exactly one emoji that Unicode recommends for general interchange (UTS #51), sequences, flags and keycaps included. */
export const emoji = z
  .string()
  .overwrite(qualified)
  .refine((value) => value.length <= LIMITS.emoji && ONE_RGI_EMOJI.test(value), 'expected exactly one emoji')
  .meta({ id: 'Emoji', maxLength: LIMITS.emoji, description: 'Exactly one emoji (Unicode RGI).', examples: ['👍'] })
