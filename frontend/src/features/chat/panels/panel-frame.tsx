import { ActionIcon } from '@mantine/core'
import { X } from 'lucide-react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import styles from './side-panel.module.css'

interface PanelFrameProps {
  readonly title: string
  readonly onClose: () => void
  readonly children: ReactNode
}

export function PanelFrame({ title, onClose, children }: PanelFrameProps) {
  const { t } = useTranslation('chat')
  return (
    <div className={styles['panel']}>
      <header className={styles['header']}>
        <h2 className={styles['title']}>{title}</h2>
        <ActionIcon
          variant="subtle"
          color="gray"
          size="lg"
          onClick={onClose}
          aria-label={t('panels.close')}
          title={t('panels.close')}
        >
          <X size={18} />
        </ActionIcon>
      </header>
      {children}
    </div>
  )
}
