import { Alert, Button, Group, Text } from '@mantine/core'
import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Dialog } from './dialog.tsx'

interface ConfirmDialogProps {
  opened: boolean
  title: string
  children: ReactNode
  confirmLabel: string
  /** What cannot be undone. */
  danger?: boolean
  onClose: () => void
  /** Answers a text to show when it failed; the dialog closes otherwise. */
  onConfirm: () => Promise<string | undefined>
}

/** Asks before something is done. */
export function ConfirmDialog({ opened, onClose, title, ...question }: ConfirmDialogProps) {
  return (
    <Dialog opened={opened} onClose={onClose} title={title}>
      <Question {...question} onClose={onClose} />
    </Dialog>
  )
}

function Question({
  children,
  confirmLabel,
  danger = false,
  onClose,
  onConfirm,
}: Omit<ConfirmDialogProps, 'opened' | 'title'>) {
  const { t } = useTranslation('common')
  const [isUnderWay, setUnderWay] = useState(false)
  const [failure, setFailure] = useState<string>()
  const confirm = async () => {
    setUnderWay(true)
    const failed = await onConfirm()
    setUnderWay(false)
    setFailure(failed)
    if (failed === undefined) onClose()
  }
  return (
    <>
      <Text component="div">{children}</Text>
      {failure !== undefined && (
        <Alert color="red" mt="md" role="alert">
          {failure}
        </Alert>
      )}
      <Group justify="flex-end" mt="lg" gap="xs">
        <Button variant="default" onClick={onClose} data-autofocus>
          {t('cancel')}
        </Button>
        <Button {...(danger ? { color: 'red.9' } : {})} loading={isUnderWay} onClick={() => void confirm()}>
          {confirmLabel}
        </Button>
      </Group>
    </>
  )
}
