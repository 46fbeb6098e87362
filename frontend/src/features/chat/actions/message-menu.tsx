import { Menu } from '@mantine/core'
import { Ellipsis } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { Tool } from './tool.tsx'
import type { Command } from './use-commands.tsx'

export interface MessageMenuProps {
  readonly opened: boolean
  readonly onOpen: () => void
  readonly onClose: () => void
  readonly commands: readonly Command[]
  readonly onReact: (emoji: string) => void
}

/** All that can be done with a message, at its button. */
export function MessageMenu({ opened, onOpen, onClose, commands }: MessageMenuProps) {
  const { t } = useTranslation('chat')
  return (
    <Menu
      opened={opened}
      onChange={(open) => (open ? onOpen() : onClose())}
      position="bottom-end"
      withinPortal
      width={210}
      transitionProps={{ duration: 100 }}
    >
      <Menu.Target>
        <Tool label={t('actions.more')}>
          <Ellipsis size={17} />
        </Tool>
      </Menu.Target>
      <Menu.Dropdown>
        {commands.map(({ action, label, icon, run }) => (
          <MenuCommand key={action} isDangerous={action === 'delete'} label={label} icon={icon} run={run} />
        ))}
      </Menu.Dropdown>
    </Menu>
  )
}

interface MenuCommandProps extends Pick<Command, 'label' | 'icon' | 'run'> {
  readonly isDangerous: boolean
}

function MenuCommand({ label, icon, run, isDangerous }: MenuCommandProps) {
  return (
    <>
      {isDangerous && <Menu.Divider />}
      <Menu.Item leftSection={icon} onClick={run} {...(isDangerous ? { color: 'var(--mantine-color-error)' } : {})}>
        {label}
      </Menu.Item>
    </>
  )
}
