import { Drawer, UnstyledButton } from '@mantine/core'
import { Ellipsis } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { clsx } from '../../../ui/class-names.ts'
import { QUICK_EMOJI } from '../emoji/recent-emoji.ts'
import type { MessageMenuProps } from './message-menu.tsx'
import styles from './message-sheet.module.css'
import { Tool } from './tool.tsx'

/** The same as the menu, for the thumb: at the bottom of the screen. */
export function MessageSheet({ opened, onOpen, onClose, commands, onReact }: MessageMenuProps) {
  const { t } = useTranslation('chat')
  return (
    <>
      <Tool label={t('actions.more')} onClick={onOpen} isOpen={opened}>
        <Ellipsis size={17} />
      </Tool>
      <Drawer.Root
        opened={opened}
        onClose={onClose}
        position="bottom"
        size="auto"
        classNames={{ content: styles['sheet'], body: styles['body'] }}
      >
        <Drawer.Overlay />
        <Drawer.Content aria-label={t('actions.toolbar')}>
          <Drawer.Body>
            <div className={styles['handle']} aria-hidden="true" />
            <ul className={styles['quick']} aria-label={t('actions.react')}>
              {QUICK_EMOJI.map((emoji) => (
                <li key={emoji}>
                  <UnstyledButton
                    className={styles['emoji']}
                    aria-label={t('actions.reactWith', { emoji })}
                    onClick={() => onReact(emoji)}
                  >
                    {emoji}
                  </UnstyledButton>
                </li>
              ))}
            </ul>
            {commands.map(({ action, label, icon, run }) => (
              <UnstyledButton
                key={action}
                className={clsx(styles['command'], action === 'delete' && styles['dangerous'])}
                onClick={() => {
                  onClose()
                  run()
                }}
              >
                {icon}
                {label}
              </UnstyledButton>
            ))}
          </Drawer.Body>
        </Drawer.Content>
      </Drawer.Root>
    </>
  )
}
