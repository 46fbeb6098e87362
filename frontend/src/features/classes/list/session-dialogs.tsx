import { LecternError } from '@lectern/client'
import type { ClassSession } from '@lectern/protocol'
import { useTranslation } from 'react-i18next'
import { useSessionChanges } from '../../../lectern/class-queries.ts'
import { useErrorText } from '../../../lectern/error-text.ts'
import { ConfirmDialog } from '../../../ui/confirm-dialog.tsx'
import { toastDone } from '../../../ui/toast.tsx'

interface SessionDialogProps {
  session: ClassSession
  opened: boolean
  onClose: () => void
}

export function EndDialog({ session: { id, title }, opened, onClose }: SessionDialogProps) {
  const { t } = useTranslation('classes')
  const { end } = useSessionChanges()
  const confirm = useConfirmed(() => end(id), t('end.done', { title }))
  return (
    <ConfirmDialog
      opened={opened}
      onClose={onClose}
      onConfirm={confirm}
      title={t('end.title', { title })}
      confirmLabel={t('end.confirm')}
      danger
    >
      {t('end.text')}
    </ConfirmDialog>
  )
}

const QUESTIONS = { scheduled: 'delete.scheduled', live: 'delete.live', ended: 'delete.ended' } as const

export function DeleteDialog({ session: { id, title, status }, opened, onClose }: SessionDialogProps) {
  const { t } = useTranslation('classes')
  const { remove } = useSessionChanges()
  const confirm = useConfirmed(() => remove(id), t('delete.done', { title }))
  return (
    <ConfirmDialog
      opened={opened}
      onClose={onClose}
      onConfirm={confirm}
      title={t('delete.title', { title })}
      confirmLabel={t('delete.confirm')}
      danger
    >
      {t(QUESTIONS[status])}
    </ConfirmDialog>
  )
}

/** Answers why it failed; somebody who was quicker is no failure. */
function useConfirmed(act: () => Promise<unknown>, done: string): () => Promise<string | undefined> {
  const errorText = useErrorText()
  return async () => {
    try {
      await act()
    } catch (error) {
      if (!(error instanceof LecternError && error.code === 'NOT_FOUND')) return errorText(error)
    }
    toastDone(done)
    return undefined
  }
}
