import { LecternError } from '@lectern/client'
import type { MemberRecord } from '@lectern/protocol'
import { useTranslation } from 'react-i18next'
import { useErrorText } from '../../lectern/error-text.ts'
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx'
import type { CourseDialogProps } from './course-dialog.types.ts'
import { useMemberChanges } from './use-member-changes.ts'

export function RemoveMemberDialog({ course, member, ...dialog }: CourseDialogProps & { member: MemberRecord }) {
  const { t } = useTranslation('courses')
  const errorText = useErrorText()
  const { remove } = useMemberChanges(course.id)
  const confirm = async (): Promise<string | undefined> => {
    try {
      await remove(member.user_id)
      return undefined
    } catch (error) {
      const isLast = error instanceof LecternError && error.code === 'CONFLICT'
      return isLast ? t('role.lastTeacher') : errorText(error)
    }
  }
  return (
    <ConfirmDialog
      {...dialog}
      onConfirm={confirm}
      title={t('remove.title', { name: member.name })}
      confirmLabel={t('remove.confirm')}
      danger
    >
      {t('remove.text')}
    </ConfirmDialog>
  )
}
