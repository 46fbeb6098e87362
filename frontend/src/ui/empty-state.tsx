import type { ReactNode } from 'react'
import styles from './state.module.css'

interface EmptyStateProps {
  icon: ReactNode
  title: string
  text?: string
  /** Buttons that lead on. */
  children?: ReactNode
}

/** What stands where nothing is yet. */
export function EmptyState({ icon, title, text, children }: EmptyStateProps) {
  return (
    <div className={styles['state']}>
      <span className={styles['icon']} aria-hidden="true">
        {icon}
      </span>
      <h2 className={styles['title']}>{title}</h2>
      {text !== undefined && <p className={styles['text']}>{text}</p>}
      {children !== undefined && <div className={styles['actions']}>{children}</div>}
    </div>
  )
}
