import type { Language } from '../rig/texts.ts'

/** How somebody sees the pages. */
export interface Look {
  readonly width: number
  readonly height: number
  readonly scheme: 'light' | 'dark'
  readonly language: Language
}

const SCREENS = [
  { width: 360, height: 740 },
  { width: 1440, height: 900 },
] as const

const LOOKS: readonly Look[] = (['en', 'vi'] as const).flatMap((language) =>
  SCREENS.flatMap((screen) => (['light', 'dark'] as const).map((scheme) => ({ ...screen, scheme, language }))),
)

export const LOCALES: Readonly<Record<Language, string>> = { en: 'en-GB', vi: 'vi-VN' }

const nameOf = ({ language, width, scheme }: Look): string => `${language}-${String(width).padStart(4, '0')}-${scheme}`

/** Those with one of these in their names; all where nothing is said. */
export const looksNamed = (parts: readonly string[]): readonly Look[] =>
  LOOKS.filter((look) => parts.length === 0 || parts.some((part) => nameOf(look).includes(part)))

/** Sorts by scene, then by language, width and scheme. */
export const fileOf = (scene: string, look: Look): string => `${scene}--${nameOf(look)}.png`
