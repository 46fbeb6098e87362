import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { Logo } from '../../ui/logo.tsx'
import styles from './auth-layout.module.css'
import { LanguageSwitch } from './language-switch.tsx'

/** A card in the middle, for who is not signed in. */
export function AuthLayout({ title, lead, children }: { title: string; lead?: ReactNode; children: ReactNode }) {
  const { t } = useTranslation('common')
  return (
    <div className={styles['page']}>
      <header className={styles['brand']}>
        <Logo size={32} />
        <span>{t('product')}</span>
      </header>
      <main className={styles['card']}>
        <h1 className={styles['title']}>{title}</h1>
        {lead !== undefined && <p className={styles['lead']}>{lead}</p>}
        {children}
      </main>
      <footer>
        <LanguageSwitch />
      </footer>
    </div>
  )
}
