import { Anchor } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { Link, useLocation } from 'wouter'
import { usePublicPageTitle } from '../../lectern/page-title.ts'
import styles from './auth-layout.module.css'
import { AuthLayout } from './auth-layout.tsx'

/** For who came from an LMS, which alone can let them in again: they have no password here. */
export function LmsSessionEndedPage() {
  const { t } = useTranslation('account')
  const [path] = useLocation()
  usePublicPageTitle(t('lmsEnded.title'))
  return (
    <AuthLayout title={t('lmsEnded.title')} lead={t('lmsEnded.text')}>
      <p className={styles['other']}>
        {t('lmsEnded.hasPassword')}{' '}
        <Anchor component={Link} href={`/sign-in?next=${encodeURIComponent(path)}`} inherit fw={600}>
          {t('lmsEnded.signIn')}
        </Anchor>
      </p>
    </AuthLayout>
  )
}
