import type { ReactNode } from 'react'
import { BackButton } from './back-button.tsx'
import { clsx } from './class-names.ts'
import styles from './page-frame.module.css'

interface PageFrameProps {
  title: ReactNode
  /** Beside the title. */
  actions?: ReactNode
  /** Where “back” leads; left out on the first page. `onPhoneOnly`: elsewhere the sidebar leads there. */
  back?: { readonly to: string; readonly label: string; readonly onPhoneOnly?: boolean }
  /** For what uses the room: more columns, not longer lines. */
  wide?: boolean
  children: ReactNode
}

/** A page that scrolls below its title. */
export function PageFrame({ title, actions, back, wide = false, children }: PageFrameProps) {
  return (
    <div className={styles['page']}>
      <header className={styles['header']}>
        {back !== undefined && <BackButton {...back} />}
        <h1 className={styles['title']}>{title}</h1>
        {actions !== undefined && <div className={styles['actions']}>{actions}</div>}
      </header>
      <div className={styles['scroll']}>
        <div className={clsx(styles['content'], wide && styles['wide'])}>{children}</div>
      </div>
    </div>
  )
}
