import { UnstyledButton } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { LANGUAGES } from '../../locales/languages.ts'
import styles from './language-switch.module.css'

/** For who is not signed in: the choice is this browser's. */
export function LanguageSwitch() {
  const { t, i18n } = useTranslation('common')
  return (
    <nav className={styles['languages']} aria-label={t('language')}>
      {LANGUAGES.map((language) => (
        <UnstyledButton
          key={language}
          lang={language}
          className={styles['language']}
          aria-pressed={i18n.language === language}
          onClick={() => void i18n.changeLanguage(language)}
        >
          {t(`languages.${language}`)}
        </UnstyledButton>
      ))}
    </nav>
  )
}
