import { Button } from '@mantine/core'
import type { LucideIcon } from 'lucide-react'
import styles from './header-button.module.css'

interface HeaderButtonLook {
  icon: LucideIcon
  label: string
  variant: 'filled' | 'light' | 'subtle'
}

/** Of a button or a link beside a page's title: on a phone the icon alone. */
export const headerButton = ({ icon: Icon, label, variant }: HeaderButtonLook) => ({
  variant,
  px: 'sm',
  title: label,
  leftSection: <Icon size={16} aria-hidden="true" />,
  classNames: { label: styles['label'] ?? '', section: styles['section'] ?? '' },
})

export function HeaderButton({ onClick, ...look }: HeaderButtonLook & { onClick: () => void }) {
  return (
    <Button {...headerButton(look)} onClick={onClick}>
      {look.label}
    </Button>
  )
}
