import { ActionIcon } from '@mantine/core'
import { ArrowLeft } from 'lucide-react'
import { Link } from 'wouter'
import styles from './back-button.module.css'

interface BackButtonProps {
  to: string
  label: string
  /** Where the sidebar is shown, it is not needed. */
  onPhoneOnly?: boolean
}

export function BackButton({ to, label, onPhoneOnly = false }: BackButtonProps) {
  return (
    <ActionIcon
      component={Link}
      href={to}
      variant="subtle"
      color="gray"
      size="lg"
      aria-label={label}
      className={onPhoneOnly ? styles['phone'] : undefined}
    >
      <ArrowLeft size={20} aria-hidden="true" />
    </ActionIcon>
  )
}
