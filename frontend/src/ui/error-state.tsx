import { Button } from '@mantine/core'
import { CircleAlert, RotateCw } from 'lucide-react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { clsx } from './class-names.ts'
import styles from './state.module.css'

interface ErrorStateProps {
  title: string
  text?: string
  onRetry?: () => void
  isRetrying?: boolean
  /** More buttons. */
  children?: ReactNode
}

/** What stands where something could not be shown. */
export function ErrorState({ title, text, onRetry, isRetrying = false, children }: ErrorStateProps) {
  const { t } = useTranslation('common')
  return (
    <div className={clsx(styles['state'], styles['error'])} role="alert">
      <span className={styles['icon']} aria-hidden="true">
        <CircleAlert size={26} />
      </span>
      <h2 className={styles['title']}>{title}</h2>
      {text !== undefined && <p className={styles['text']}>{text}</p>}
      <div className={styles['actions']}>
        {onRetry !== undefined && (
          <Button variant="light" leftSection={<RotateCw size={16} />} loading={isRetrying} onClick={onRetry}>
            {t('retry')}
          </Button>
        )}
        {children}
      </div>
    </div>
  )
}
