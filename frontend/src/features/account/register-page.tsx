import { Anchor } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { Link, useSearchParams } from 'wouter'
import { usePublicPageTitle } from '../../lectern/page-title.ts'
import { formatJoinCode } from '../../ui/join-code.ts'
import styles from './auth-layout.module.css'
import { AuthLayout } from './auth-layout.tsx'
import { RegisterForm } from './register-form.tsx'

/** @param invitation the join code of the link that somebody was sent */
export function RegisterPage({ invitation }: { invitation?: string }) {
  const { t } = useTranslation('account')
  const [search] = useSearchParams()
  const code = formatJoinCode(invitation ?? search.get('code') ?? '')
  const isInvited = invitation !== undefined
  const title = isInvited ? t('register.invited') : t('register.title')
  usePublicPageTitle(title)
  return (
    <AuthLayout title={title} lead={isInvited ? t('register.invitedLead') : t('register.lead')}>
      <RegisterForm code={code} />
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
