import { clsx } from './class-names.ts'
import styles from './count-badge.module.css'
import unseen from './visually-hidden.module.css'

const MOST = 99

/** How many; nothing for none. @param label what a screen reader says */
export function CountBadge({ count, label, mention = false }: { count: number; label: string; mention?: boolean }) {
  if (count === 0) return null
  return (
    <span className={clsx(styles['badge'], mention && styles['mention'])}>
      <span aria-hidden="true">
        {mention && '@'}
        {count > MOST ? `${MOST}+` : count}
      </span>
      <span className={unseen['hidden']}>{label}</span>
    </span>
  )
}
