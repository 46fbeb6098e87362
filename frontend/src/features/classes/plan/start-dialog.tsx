import { LIMITS } from '@lectern/protocol'
import { TextInput } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useLocation } from 'wouter'
import { useSessionChanges } from '../../../lectern/class-queries.ts'
import { useErrorText } from '../../../lectern/error-text.ts'
import { Dialog } from '../../../ui/dialog.tsx'
import { FormButtons } from '../../../ui/form-buttons.tsx'
import { longDate } from '../../../ui/time.ts'
import { classroomAt } from '../addresses.ts'

interface StartDialogProps {
  courseId: string
  opened: boolean
  onClose: () => void
}

/** A class at once: makes it, and leads into it. */
export function StartDialog({ courseId, opened, onClose }: StartDialogProps) {
  const { t } = useTranslation('classes')
  return (
    <Dialog opened={opened} onClose={onClose} title={t('start.title')}>
      <StartForm courseId={courseId} onClose={onClose} />
    </Dialog>
  )
}

function StartForm({ courseId, onClose }: Omit<StartDialogProps, 'opened'>) {
  const { t, i18n } = useTranslation('classes')
  const errorText = useErrorText()
  const { create } = useSessionChanges()
  const [, navigate] = useLocation()
  const [title, setTitle] = useState(() => t('start.usual', { date: longDate(Date.now(), i18n.language) }))
  const [isUnderWay, setUnderWay] = useState(false)
  const [failure, setFailure] = useState<string>()
  const change = (typed: string) => {
    setTitle(typed)
    setFailure(undefined)
  }
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    if (title.trim() === '') return setFailure(t('plan.problem.title.missing'))
    setUnderWay(true)
    try {
      const session = await create(courseId, {
        title: title.trim(),
        scheduled_at: null,
        duration_min: null,
        lobby: true,
      })
      navigate(classroomAt(session))
    } catch (error) {
      setFailure(errorText(error))
      setUnderWay(false)
    }
  }
  return (
    <form onSubmit={(event) => void submit(event)} noValidate>
      <TextInput
        label={t('plan.name')}
        description={t('start.hint')}
        autoComplete="off"
        maxLength={LIMITS.title}
        data-autofocus
        value={title}
        error={failure}
        onChange={({ currentTarget }) => change(currentTarget.value)}
      />
      <FormButtons submitLabel={t('start.submit')} isUnderWay={isUnderWay} onCancel={onClose} />
    </form>
  )
}
