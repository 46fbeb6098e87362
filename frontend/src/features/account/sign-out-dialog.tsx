import { useTranslation } from 'react-i18next'
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx'
import type { useSignOut } from './use-sign-out.ts'

export function SignOutDialog({ unsent, ...dialog }: ReturnType<typeof useSignOut>['dialog']) {
  const { t } = useTranslation('account')
  return (
    <ConfirmDialog {...dialog} title={t('signOut.title')} confirmLabel={t('signOut.confirm')}>
      {t('signOut.unsent', { count: unsent })}
    </ConfirmDialog>
  )
}
