import { UnstyledButton, VisuallyHidden } from '@mantine/core'
import { ChevronsUpDown } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useSignOut } from '../../features/account/use-sign-out.ts'
import { useMe } from '../../lectern/client-context.tsx'
import { Avatar } from '../../ui/avatar.tsx'
import { dialogOnDemand } from '../../ui/dialog-on-demand.tsx'
import { popupOnDemand } from '../../ui/popup-on-demand.tsx'
import styles from './account-menu.module.css'

const AccountMenuList = popupOnDemand('menu', async () => (await import('./account-menu-list.tsx')).AccountMenuList)
const SignOutDialog = dialogOnDemand(
  async () => (await import('../../features/account/sign-out-dialog.tsx')).SignOutDialog,
)

/** @param compact the avatar alone, as on a phone */
export function AccountMenu({ compact = false }: { compact?: boolean }) {
  const { t } = useTranslation('common')
  const me = useMe()
  const { signOut, dialog } = useSignOut()
  const [isOpen, setOpen] = useState(false)
  return (
    <>
      <AccountMenuList
        compact={compact}
        opened={isOpen}
        onOpen={() => setOpen(true)}
        onClose={() => setOpen(false)}
        onSignOut={() => void signOut()}
      >
        <UnstyledButton className={styles['button']}>
          <VisuallyHidden>{t('accountOf', { name: me.name })}</VisuallyHidden>
          <Avatar id={me.id} name={me.name} size={compact ? 36 : 32} />
          {!compact && <Identity name={me.name} detail={me.email ?? t(`roles.${me.role}`)} />}
        </UnstyledButton>
      </AccountMenuList>
      <SignOutDialog {...dialog} />
    </>
  )
}

function Identity({ name, detail }: { name: string; detail: string }) {
  return (
    <>
      <span className={styles['identity']} aria-hidden="true">
        <span className={styles['name']}>{name}</span>
        <span className={styles['detail']}>{detail}</span>
      </span>
      <ChevronsUpDown size={16} aria-hidden="true" className={styles['chevron']} />
    </>
  )
}
