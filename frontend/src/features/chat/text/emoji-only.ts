// No character can be read in two ways within a joined emoji, else a long one that fails takes for ever.
const ELEMENT = String.raw`(?:\p{Regional_Indicator}{2}|[0-9#*]\uFE0F?\u20E3|[\p{Emoji_Presentation}\p{Extended_Pictographic}]\uFE0F?\p{Emoji_Modifier}?(?:[\u{E0020}-\u{E007F}]+)?)`
const ONE_EMOJI = String.raw`${ELEMENT}(?:\u200D${ELEMENT})*`
/** More than these are a wall, and stay small. */
const FEW = new RegExp(`^(?:${ONE_EMOJI}\\s*){1,6}$`, 'u')
/** A person's text is far longer than this before it is emoji alone. */
const LONGEST = 200

/** Whether a message is a few emoji and nothing else, which are drawn larger. */
export const isEmojiOnly = (text: string): boolean => text.length <= LONGEST && FEW.test(text)
