import { Button } from '@mantine/core'
import type { LucideIcon } from 'lucide-react'
import styles from './header-button.module.css'

interface HeaderButtonProps {
  icon: LucideIcon
  label: string
  variant: 'filled' | 'light'
  onClick: () => void
}

/** Beside a page's title: on a phone the icon alone. */
export function HeaderButton({ icon: Icon, label, variant, onClick }: HeaderButtonProps) {
  return (
    <Button
      variant={variant}
      px="sm"
      title={label}
      leftSection={<Icon size={16} aria-hidden="true" />}
      classNames={{ label: styles['label'] ?? '', section: styles['section'] ?? '' }}
      onClick={onClick}
    >
      {label}
    </Button>
  )
}
