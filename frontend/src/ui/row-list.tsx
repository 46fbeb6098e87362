import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import styles from './row-list.module.css'

/** Rows in a frame, with lines between them. */
export function RowList({ children }: { children: ReactNode }) {
  return <ul className={styles['list']}>{children}</ul>
}

/** The frame while its rows are loaded, with places for them. */
export function RowListLoading({ children }: { children: ReactNode }) {
  const { t } = useTranslation('common')
  return (
    <div className={styles['list']} role="status" aria-label={t('loading')}>
      {children}
    </div>
  )
}
