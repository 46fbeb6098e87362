import { LecternError } from '@lectern/client'
import type { CourseRecord, CourseRole } from '@lectern/protocol'
import { NativeSelect, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { mayManage } from '../../lectern/course-roles.ts'
import { useErrorText } from '../../lectern/error-text.ts'
import { Dialog } from '../../ui/dialog.tsx'
import { FormButtons } from '../../ui/form-buttons.tsx'
import { toastDone } from '../../ui/toast.tsx'
import type { CourseDialogProps } from './course-dialog.types.ts'
import { useMemberChanges } from './use-member-changes.ts'

export function AddMemberDialog({ course, opened, onClose }: CourseDialogProps) {
  const { t } = useTranslation(['courses', 'common'])
  return (
    <Dialog opened={opened} onClose={onClose} title={t('add.title')}>
      <AddMemberForm course={course} onClose={onClose} />
    </Dialog>
  )
}

const ROLES: readonly CourseRole[] = ['student', 'assistant', 'teacher']
const ONLY_STUDENT: readonly CourseRole[] = ['student']

const LIKE_EMAIL = /^\s*[^\s@]+@[^\s@]+\s*$/

function AddMemberForm({ course, onClose }: { course: CourseRecord; onClose: () => void }) {
  const { t } = useTranslation(['courses', 'common'])
  const add = useAdd(course.id)
  const [isUnderWay, setUnderWay] = useState(false)
  const student: CourseRole = 'student'
  const form = useForm({
    initialValues: { email: '', role: student },
    validate: { email: (email) => (LIKE_EMAIL.test(email) ? null : t('add.emailInvalid')) },
  })
  const submit = form.onSubmit(async ({ email, role }) => {
    setUnderWay(true)
    const failure = await add(email.trim(), role)
    setUnderWay(false)
    if (failure === undefined) onClose()
    else form.setFieldError('email', failure)
  })
  const roles = mayManage(course.role) ? ROLES : ONLY_STUDENT
  return (
    <form onSubmit={submit} noValidate>
      <TextInput
        type="email"
        label={t('add.email')}
        description={t('add.hint')}
        autoComplete="off"
        inputMode="email"
        data-autofocus
        {...form.getInputProps('email')}
      />
      <NativeSelect
        mt="md"
        label={t('role.label')}
        data={roles.map((role) => ({ value: role, label: t(`common:roles.${role}`) }))}
        {...form.getInputProps('role')}
      />
      <FormButtons submitLabel={t('add.submit')} isUnderWay={isUnderWay} onCancel={onClose} />
    </form>
  )
}

/** Answers why it failed. */
function useAdd(courseId: string): (email: string, role: CourseRole) => Promise<string | undefined> {
  const { t } = useTranslation('courses')
  const errorText = useErrorText()
  const { add } = useMemberChanges(courseId)
  return async (email, role) => {
    try {
      await add(email, role)
      toastDone(t('add.done'))
      return undefined
    } catch (error) {
      if (!(error instanceof LecternError)) return errorText(error)
      if (error.code === 'NOT_FOUND') return t('add.unknown')
      if (error.code === 'VALIDATION_FAILED') return t('add.emailInvalid')
      if (error.code === 'CONFLICT') return t('role.lastTeacher')
      return errorText(error)
    }
  }
}
