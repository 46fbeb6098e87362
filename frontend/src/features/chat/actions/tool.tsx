import { UnstyledButton } from '@mantine/core'
import type { ReactNode, Ref } from 'react'
import styles from './tool.module.css'

interface ToolProps {
  readonly label: string
  readonly onClick?: () => void
  readonly isFirst?: boolean
  readonly isOpen?: boolean
  readonly ref?: Ref<HTMLButtonElement>
  readonly children: ReactNode
}

/** One stop of the Tab key leads into the toolbar, arrows go on from there (ARIA practices, toolbar). */
export function Tool({ label, isFirst = false, isOpen, children, ...props }: ToolProps) {
  return (
    <UnstyledButton
      {...props}
      className={styles['tool']}
      data-tool
      aria-label={label}
      title={label}
      tabIndex={isFirst ? 0 : -1}
      {...(isOpen === undefined ? {} : { 'aria-expanded': isOpen })}
    >
      {children}
    </UnstyledButton>
  )
}
