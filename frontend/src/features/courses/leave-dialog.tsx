import { LecternError } from '@lectern/client'
import { useTranslation } from 'react-i18next'
import { useLocation } from 'wouter'
import { useMe } from '../../lectern/client-context.tsx'
import { useErrorText } from '../../lectern/error-text.ts'
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx'
import type { CourseDialogProps } from './course-dialog.types.ts'
import { useCourseChanges } from './use-course-changes.ts'

export function LeaveDialog({ course, opened, onClose }: CourseDialogProps) {
  const { t } = useTranslation('courses')
  const errorText = useErrorText()
  const { leave: leaveCourse, refresh } = useCourseChanges()
  const me = useMe()
  const [, navigate] = useLocation()
  const leave = async (): Promise<string | undefined> => {
    try {
      await leaveCourse(course.id, me.id)
      navigate('/')
      void refresh()
      return undefined
    } catch (error) {
      if (error instanceof LecternError && error.code === 'CONFLICT') return t('leave.lastTeacher')
      if (error instanceof LecternError && error.code === 'FORBIDDEN') return t('leave.elsewhere')
      return errorText(error)
    }
  }
  return (
    <ConfirmDialog
      opened={opened}
      onClose={onClose}
      onConfirm={leave}
      title={t('leave.title', { title: course.title })}
      confirmLabel={t('leave.confirm')}
      danger
    >
      {t('leave.text')}
    </ConfirmDialog>
  )
}
