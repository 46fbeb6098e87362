import { useTranslation } from 'react-i18next'
import { useClient } from '../../lectern/client-context.tsx'
import { useErrorText } from '../../lectern/error-text.ts'
import { useSession } from '../../lectern/session-context.ts'
import { LANGUAGES, type Language, preferredLanguage } from '../../locales/languages.ts'
import { toastFailed } from '../../ui/toast.tsx'
import { Choice } from './choice.tsx'

/** Takes effect at once, and is the account's, wherever its owner signs in. */
export function LanguageChoice() {
  const { t, i18n } = useTranslation('common')
  const { api } = useClient()
  const session = useSession()
  const errorText = useErrorText()
  const choose = async (language: Language) => {
    try {
      await i18n.changeLanguage(language)
      session.changed((await api.updateMe({ body: { locale: language } })).data)
    } catch (error) {
      toastFailed(errorText(error))
    }
  }
  return (
    <Choice
      label={t('language')}
      value={preferredLanguage([i18n.language])}
      data={LANGUAGES.map((language) => ({ value: language, label: t(`languages.${language}`) }))}
      onChange={(language) => void choose(language)}
    />
  )
}
