import styles from './avatar.module.css'
import { clsx } from './class-names.ts'
import { hueOf } from './hue.ts'
import { initialsOf } from './initials.ts'

interface AvatarProps {
  /** Decides the colour, which stays the same through a change of name. */
  id: string
  name: string
  /** Pixels. */
  size?: number
  /** A rounded square, for courses. */
  square?: boolean
  className?: string
}

/** Initials on a colour of one's own. Decoration: the name stands beside it. */
export function Avatar({ id, name, size = 32, square = false, className }: AvatarProps) {
  return (
    <span
      aria-hidden="true"
      className={clsx(styles['avatar'], square && styles['square'], className)}
      style={{ '--avatar-size': `${size}px`, '--avatar-hue': hueOf(id) }}
    >
      {initialsOf(name)}
    </span>
  )
}
