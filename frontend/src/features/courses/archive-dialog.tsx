import { LIMITS } from '@lectern/protocol'
import { Button } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { useLocation } from 'wouter'
import { useMe } from '../../lectern/client-context.tsx'
import { useErrorText } from '../../lectern/error-text.ts'
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx'
import { dismissToast, toastDone, toastFailed } from '../../ui/toast.tsx'
import styles from './archive-dialog.module.css'
import type { CourseDialogProps } from './course-dialog.types.ts'
import { useCourseChanges } from './use-course-changes.ts'

/** Asks first; an administrator, who alone may restore, can take it back afterwards too. */
export function ArchiveDialog({ course, opened, onClose }: CourseDialogProps) {
  const { t } = useTranslation('courses')
  const errorText = useErrorText()
  const { archive, restore, refresh } = useCourseChanges()
  const isAdmin = useMe().role === 'admin'
  const [, navigate] = useLocation()
  const undo = (toast: string) => {
    dismissToast(toast)
    restore(course.id).catch((error: unknown) => void toastFailed(errorText(error)))
  }
  const confirm = async (): Promise<string | undefined> => {
    try {
      await archive(course.id)
    } catch (error) {
      return errorText(error)
    }
    navigate('/')
    void refresh()
    const text = t('archive.done', { title: course.title })
    const toast: string = toastDone(isAdmin ? <Undo text={text} onUndo={() => undo(toast)} /> : text)
    return undefined
  }
  return (
    <ConfirmDialog
      opened={opened}
      onClose={onClose}
      onConfirm={confirm}
      title={t('archive.title', { title: course.title })}
      confirmLabel={t('archive.confirm')}
      danger
    >
      {t('archive.text', { count: LIMITS.restoreDays })}
    </ConfirmDialog>
  )
}

function Undo({ text, onUndo }: { text: string; onUndo: () => void }) {
  const { t } = useTranslation('courses')
  return (
    <span className={styles['undo']}>
      {text}
      <Button size="compact-sm" variant="light" onClick={onUndo}>
        {t('archive.undo')}
      </Button>
    </span>
  )
}
