import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useLocation } from 'wouter'
import { codeIn } from '../../lectern/join-code.ts'
import { JoinCodeInput } from '../../lectern/join-code-input.tsx'
import { FormButtons } from '../../ui/form-buttons.tsx'
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
  const [code, setCode] = useState(codeIn(initial))
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
      <FormButtons submitLabel={t('join.submit')} isUnderWay={isUnderWay} onCancel={onCancel} />
    </form>
  )
}
