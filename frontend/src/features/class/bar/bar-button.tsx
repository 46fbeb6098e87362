import { Tooltip, UnstyledButton } from '@mantine/core'
import type { LucideIcon } from 'lucide-react'
import type { ComponentPropsWithRef, ReactNode } from 'react'
import { clsx } from '../../../ui/class-names.ts'
import styles from './bar-button.module.css'

interface BarButtonProps extends Omit<ComponentPropsWithRef<'button'>, 'children'> {
  icon: LucideIcon
  /** Its name, whatever its state: that `pressed` tells. */
  label: string
  /** What pressing it does now, for who sees it; the label where left out. */
  tip?: string
  /** Shown with the label, as what stands on the keyboard. */
  shortcut?: string
  /** How it looks: lit is what goes on, off is what others do not get of one. */
  look?: 'plain' | 'lit' | 'off' | 'hand' | 'danger'
  /** Of a switch. */
  pressed?: boolean
  /** In its corner. */
  badge?: ReactNode
}

/** A round button. Pressed with a mouse it does not take the focus: Space stays what it was, which is to talk. */
export function BarButton({
  icon: Icon,
  label,
  tip = label,
  shortcut,
  look = 'plain',
  pressed,
  badge,
  ...button
}: BarButtonProps) {
  const said = shortcut === undefined ? tip : `${tip} (${shortcut})`
  return (
    <Tooltip label={said} events={{ hover: true, focus: true, touch: false }}>
      <UnstyledButton
        {...button}
        className={clsx(styles['button'], look !== 'plain' && styles[look])}
        aria-label={label}
        aria-keyshortcuts={shortcut}
        aria-pressed={pressed}
        onMouseDown={(event) => event.preventDefault()}
      >
        <Icon size={20} aria-hidden="true" />
        {badge}
      </UnstyledButton>
    </Tooltip>
  )
}
