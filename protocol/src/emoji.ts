import { z } from 'zod'
import { LIMITS } from './limits.ts'

let oneRgiEmoji: RegExp | undefined

/** Made by the first emoji: all of Unicode's are looked up for it, which takes as long as a hundredth of a start. */
function isRgiEmoji(value: string): boolean {
  oneRgiEmoji ??= /^\p{RGI_Emoji}$/v
  return oneRgiEmoji.test(value)
}

const VARIATION_SELECTOR_16 = '\uFE0F'

/** “❤” and “❤️” are one kind: some keyboards leave out the selector that asks for the picture. */
const qualified = (value: string): string => {
  if (value.length > LIMITS.emoji || isRgiEmoji(value)) return value
  const withSelector = value + VARIATION_SELECTOR_16
  return isRgiEmoji(withSelector) ? withSelector : value
}

/** Exactly one emoji that Unicode recommends for general interchange (UTS #51), sequences, flags and keycaps included. */
export const emoji = z
  .string()
  .overwrite(qualified)
  .refine((value) => value.length <= LIMITS.emoji && isRgiEmoji(value), 'expected exactly one emoji')
  .meta({ id: 'Emoji', maxLength: LIMITS.emoji, description: 'Exactly one emoji (Unicode RGI).', examples: ['👍'] })
