import { Button, Group } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useLocation } from 'wouter'
import { formatJoinCode } from '../../ui/join-code.ts'
import { JoinCodeInput } from '../../ui/join-code-input.tsx'
import { useJoinErrorText } from './join-error-text.ts'
import { useCourseChanges } from './use-course-changes.ts'

interface JoinCourseFormProps {
  initial?: string
  onCancel: () => void
  onJoined?: () => void
}

/** Leads to the course that it joins. */
export function JoinCourseForm({ initial = '', onCancel, onJoined }: JoinCourseFormProps) {
  const { t } = useTranslation(['courses', 'common'])
  const { join } = useCourseChanges()
  const errorText = useJoinErrorText()
  const [, navigate] = useLocation()
  const [code, setCode] = useState(formatJoinCode(initial))
  const [isUnderWay, setUnderWay] = useState(false)
  const [problem, setProblem] = useState<string>()
  const change = (typed: string) => {
    setCode(typed)
    setProblem(undefined)
  }
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    if (code === '') return setProblem(t('join.missing'))
    setUnderWay(true)
    try {
      const { id } = await join(code)
      onJoined?.()
      navigate(`/courses/${id}`)
    } catch (error) {
      setProblem(errorText(error))
    } finally {
      setUnderWay(false)
    }
  }
  return (
    <form onSubmit={(event) => void submit(event)} noValidate>
      <JoinCodeInput
        label={t('join.code')}
        description={t('join.hint')}
        data-autofocus
        value={code}
        onChange={change}
        error={problem}
      />
      <Group justify="flex-end" mt="lg" gap="xs">
        <Button variant="default" onClick={onCancel}>
          {t('common:cancel')}
        </Button>
        <Button type="submit" loading={isUnderWay}>
          {t('join.submit')}
        </Button>
      </Group>
    </form>
  )
}
