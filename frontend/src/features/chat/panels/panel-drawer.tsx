import { Drawer } from '@mantine/core'
import type { ReactNode } from 'react'
import styles from './side-panel.module.css'

interface PanelDrawerProps {
  opened: boolean
  onClose: () => void
  label: string | undefined
  children: ReactNode
}

/** A panel above the messages. */
export function PanelDrawer({ opened, onClose, label, children }: PanelDrawerProps) {
  return (
    <Drawer.Root
      opened={opened}
      onClose={onClose}
      position="right"
      size={400}
      padding={0}
      classNames={{ content: styles['drawer'], body: styles['drawerBody'] }}
    >
      <Drawer.Overlay />
      <Drawer.Content {...(label !== undefined && { 'aria-label': label })}>
        <Drawer.Body>{children}</Drawer.Body>
      </Drawer.Content>
    </Drawer.Root>
  )
}
