import { Input, SegmentedControl } from '@mantine/core'
import { useId } from 'react'
import { useTranslation } from 'react-i18next'
import { useClient } from '../../lectern/client-context.tsx'
import { useErrorText } from '../../lectern/error-text.ts'
import { useSession } from '../../lectern/session-context.ts'
import { LANGUAGES, type Language } from '../../locales/languages.ts'
import { toastFailed } from '../../ui/toast.tsx'
import styles from './settings-page.module.css'

/** Takes effect at once, and is the account's, wherever its owner signs in. */
export function LanguageChoice() {
  const { t, i18n } = useTranslation('common')
  const id = useId()
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
    <div>
      <Input.Label id={id} labelElement="div" mb={4}>
        {t('language')}
      </Input.Label>
      <SegmentedControl
        fullWidth
        className={styles['choice']}
        aria-labelledby={id}
        value={i18n.language}
        data={LANGUAGES.map((language) => ({ value: language, label: t(`languages.${language}`) }))}
        onChange={(value) => void choose(value === 'vi' ? 'vi' : 'en')}
      />
    </div>
  )
}
