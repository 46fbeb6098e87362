import { Button } from '@mantine/core'
import { useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import styles from './more-button.module.css'

interface MoreButtonProps {
  readonly isLoading: boolean
  /** The last try failed: only a click tries again. */
  readonly hasFailed: boolean
  readonly onMore: () => void
}

/** Gets more as soon as it comes into view. */
export function MoreButton({ isLoading, hasFailed, onMore }: MoreButtonProps) {
  const { t } = useTranslation('chat')
  const button = useRef<HTMLButtonElement>(null)
  useEffect(() => {
    if (button.current === null || isLoading || hasFailed) return
    const observer = new IntersectionObserver(([entry]) => entry?.isIntersecting === true && onMore())
    observer.observe(button.current)
    return () => observer.disconnect()
  }, [isLoading, hasFailed, onMore])
  return (
    <div className={styles['more']}>
      <Button ref={button} variant="subtle" size="compact-sm" loading={isLoading} onClick={onMore}>
        {t(hasFailed ? 'panels.moreFailed' : 'panels.more')}
      </Button>
    </div>
  )
}
