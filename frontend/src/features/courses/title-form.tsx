import { LIMITS } from '@lectern/protocol'
import { TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useErrorText } from '../../lectern/error-text.ts'
import { FormButtons } from '../../ui/form-buttons.tsx'

interface TitleFormProps {
  initial?: string
  submitLabel: string
  onCancel: () => void
  /** Throws what went wrong. */
  onSubmit: (title: string) => Promise<void>
}

/** Asks for a course's title, to create or to rename it. */
export function TitleForm({ initial = '', submitLabel, onCancel, onSubmit }: TitleFormProps) {
  const { t } = useTranslation(['courses', 'common'])
  const errorText = useErrorText()
  const [isUnderWay, setUnderWay] = useState(false)
  const form = useForm({
    initialValues: { title: initial },
    validate: {
      title: (title) => {
        if (title.trim() === '') return t('courseTitle.missing')
        return title.trim().length > LIMITS.title ? t('courseTitle.tooLong', { max: LIMITS.title }) : null
      },
    },
  })
  const submit = form.onSubmit(async ({ title }) => {
    setUnderWay(true)
    try {
      await onSubmit(title.trim())
    } catch (error) {
      form.setFieldError('title', errorText(error))
    } finally {
      setUnderWay(false)
    }
  })
  return (
    <form onSubmit={submit} noValidate>
      <TextInput
        label={t('courseTitle.label')}
        placeholder={t('courseTitle.example')}
        autoComplete="off"
        data-autofocus
        {...form.getInputProps('title')}
      />
      <FormButtons submitLabel={submitLabel} isUnderWay={isUnderWay} onCancel={onCancel} />
    </form>
  )
}
