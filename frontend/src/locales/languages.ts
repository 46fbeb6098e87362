export const LANGUAGES = ['en', 'vi'] as const
export type Language = (typeof LANGUAGES)[number]

/** Where the language that somebody chose is kept, for the pages before they sign in. */
export const LANGUAGE_KEY = 'lectern.language'

const isLanguage = (value: string): value is Language => LANGUAGES.some((language) => language === value)

/** The language of a BCP 47 tag that is spoken here, such as `vi` for `vi-VN`. */
export function languageOf(tag: string | null | undefined): Language | undefined {
  const language = tag?.toLowerCase().split('-', 1)[0]
  return language !== undefined && isLanguage(language) ? language : undefined
}

/** The first that is spoken here. */
export function preferredLanguage(tags: readonly (string | null | undefined)[]): Language {
  for (const tag of tags) {
    const language = languageOf(tag)
    if (language !== undefined) return language
  }
  return 'en'
}
