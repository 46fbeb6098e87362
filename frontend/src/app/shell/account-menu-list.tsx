import { Menu } from '@mantine/core'
import { LogOut, Settings } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { Link } from 'wouter'
import { useMe } from '../../lectern/client-context.tsx'
import type { PopupButton } from '../../ui/popup-on-demand.tsx'

interface AccountMenuListProps {
  compact: boolean
  opened: boolean
  onOpen: () => void
  onClose: () => void
  onSignOut: () => void
  children: PopupButton
}

/** What the account's button opens. */
export function AccountMenuList({ compact, opened, onOpen, onClose, onSignOut, children }: AccountMenuListProps) {
  const { t } = useTranslation('common')
  const me = useMe()
  return (
    <Menu
      opened={opened}
      onChange={(open) => (open ? onOpen() : onClose())}
      position={compact ? 'bottom-end' : 'top-start'}
      width={compact ? 220 : 'target'}
    >
      <Menu.Target>{children}</Menu.Target>
      <Menu.Dropdown>
        {compact && <Menu.Label>{me.name}</Menu.Label>}
        <Menu.Item component={Link} href="/settings" leftSection={<Settings size={16} aria-hidden="true" />}>
          {t('settings')}
        </Menu.Item>
        <Menu.Item leftSection={<LogOut size={16} aria-hidden="true" />} onClick={onSignOut}>
          {t('signOut')}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  )
}
