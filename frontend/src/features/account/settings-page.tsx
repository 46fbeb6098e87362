import { Button } from '@mantine/core'
import { LogOut } from 'lucide-react'
import { type ReactNode, useId } from 'react'
import { useTranslation } from 'react-i18next'
import { useMe } from '../../lectern/client-context.tsx'
import { usePageTitle } from '../../lectern/page-title.ts'
import { PageFrame } from '../../ui/page-frame.tsx'
import { ColorSchemeChoice } from './color-scheme-choice.tsx'
import { LanguageChoice } from './language-choice.tsx'
import { NameForm } from './name-form.tsx'
import styles from './settings-page.module.css'
import { SignOutDialog } from './sign-out-dialog.tsx'
import { useSignOut } from './use-sign-out.ts'

export function SettingsPage() {
  const { t } = useTranslation(['account', 'common'])
  const me = useMe()
  usePageTitle(t('settings.title'))
  return (
    <PageFrame title={t('settings.title')} back={{ to: '/', label: t('common:home'), onPhoneOnly: true }}>
      <Section title={t('settings.profile')}>
        <NameForm />
        {me.email !== null && (
          <p className={styles['fact']}>
            <span className={styles['label']}>{t('fields.email')}</span>
            {me.email}
          </p>
        )}
      </Section>
      <Section title={t('settings.display')}>
        <LanguageChoice />
        <ColorSchemeChoice />
      </Section>
      <Section title={t('settings.session')}>
        <SignOutButton />
      </Section>
    </PageFrame>
  )
}

function Section({ title, children }: { title: string; children: ReactNode }) {
  const id = useId()
  return (
    <section className={styles['section']} aria-labelledby={id}>
      <h2 id={id} className={styles['heading']}>
        {title}
      </h2>
      <div className={styles['body']}>{children}</div>
    </section>
  )
}

function SignOutButton() {
  const { t } = useTranslation('common')
  const { signOut, dialog } = useSignOut()
  return (
    <>
      <Button
        variant="default"
        leftSection={<LogOut size={16} aria-hidden="true" />}
        onClick={() => void signOut()}
        className={styles['button']}
      >
        {t('signOut')}
      </Button>
      <SignOutDialog {...dialog} />
    </>
  )
}
