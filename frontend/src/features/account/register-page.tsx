import { Anchor } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { Link, useSearchParams } from 'wouter'
import { codeIn } from '../../lectern/join-code.ts'
import { usePublicPageTitle } from '../../lectern/page-title.ts'
import { registration } from '../../lectern/registration.ts'
import styles from './auth-layout.module.css'
import { AuthLayout } from './auth-layout.tsx'
import { RegisterForm } from './register-form.tsx'

/** @param invitation the join code of the link that somebody was sent */
export function RegisterPage({ invitation }: { invitation?: string }) {
  const { t } = useTranslation('account')
  const [search] = useSearchParams()
  const code = codeIn(invitation ?? search.get('code') ?? '')
  const isInvited = invitation !== undefined
  const title = isInvited ? t('register.invited') : t('register.title')
  const mode = registration()
  usePublicPageTitle(title)
  return (
    <AuthLayout title={title} lead={t(`register.leads.${isInvited && mode !== 'closed' ? 'invited' : mode}`)}>
      {mode !== 'closed' && <RegisterForm code={code} needsCode={mode === 'invite'} />}
      <p className={styles['other']}>
        {t('register.hasAccount')}{' '}
        <Anchor
          component={Link}
          href={isInvited ? `/sign-in?next=${encodeURIComponent(`/join/${code}`)}` : '/sign-in'}
          inherit
          fw={600}
        >
          {t('register.signIn')}
        </Anchor>
      </p>
    </AuthLayout>
  )
}
