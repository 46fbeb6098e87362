import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { languageOf } from '../locales/languages.ts'

/** The language that the account has chosen, wherever its owner signs in. */
export function useAccountLanguage(locale: string | null): void {
  const { i18n } = useTranslation()
  const language = languageOf(locale)
  useEffect(() => {
    if (language !== undefined && language !== i18n.language) void i18n.changeLanguage(language)
  }, [i18n, language])
}
