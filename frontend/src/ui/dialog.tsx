import { Modal } from '@mantine/core'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'

interface DialogProps {
  opened: boolean
  onClose: () => void
  title: string
  children: ReactNode
}

/** Stands before the page until it is closed. */
export function Dialog(props: DialogProps) {
  const { t } = useTranslation('common')
  return <Modal {...props} closeButtonProps={{ 'aria-label': t('close') }} />
}
