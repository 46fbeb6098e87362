import { LecternError } from '@lectern/client'
import { LIMITS } from '@lectern/protocol'
import { Alert, Chip, Group, TextInput } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { SessionFields } from '../../../lectern/class-queries.ts'
import { useErrorText } from '../../../lectern/error-text.ts'
import { durationText } from '../../../ui/duration.ts'
import { FormButtons } from '../../../ui/form-buttons.tsx'
import { LobbyChoice } from './lobby-choice.tsx'
import styles from './plan-form.module.css'
import { fieldsOf, type PlanProblems, type PlanValues, problemsOf } from './plan-values.ts'

const LENGTHS = ['30', '45', '60', '90', '120'] as const

interface PlanFormProps {
  initial: PlanValues
  /** Whether `initial` is what was planned before. */
  isEdit?: boolean
  submitLabel: string
  onCancel: () => void
  /** Throws what went wrong. */
  onSubmit: (fields: SessionFields) => Promise<void>
}

/** What a class is called, when it is, for how long, and who may begin it. */
export function PlanForm({ initial: given, isEdit = false, submitLabel, onCancel, onSubmit }: PlanFormProps) {
  const { t } = useTranslation('classes')
  const errorText = useErrorText()
  const [initial] = useState(given)
  const [values, setValues] = useState(initial)
  const [problems, setProblems] = useState<PlanProblems>({})
  const [isUnderWay, setUnderWay] = useState(false)
  const [failure, setFailure] = useState<string>()
  const set = (change: Partial<PlanValues>) => {
    setValues({ ...values, ...change })
    setProblems({})
    setFailure(undefined)
  }
  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const form = event.currentTarget
    const found = problemsOf(values, Date.now(), isEdit ? initial : undefined)
    setProblems(found)
    const [first] = Object.keys(found)
    if (first !== undefined) return focusOn(form, first)
    setUnderWay(true)
    try {
      await onSubmit(fieldsOf(values))
    } catch (error) {
      const isGone = error instanceof LecternError && error.code === 'NOT_FOUND'
      setFailure(isGone ? t('plan.gone') : errorText(error))
    } finally {
      setUnderWay(false)
    }
  }
  return (
    <form onSubmit={(event) => void submit(event)} noValidate>
      <Fields values={values} problems={problems} onChange={set} />
      <LobbyChoice value={values.lobby} onChange={(lobby) => set({ lobby })} />
      {failure !== undefined && (
        <Alert color="red" mt="md" role="alert">
          {failure}
        </Alert>
      )}
      <FormButtons submitLabel={submitLabel} isUnderWay={isUnderWay} onCancel={onCancel} />
    </form>
  )
}

function focusOn(form: HTMLFormElement, name: string): void {
  const field = form.elements.namedItem(name)
  if (field instanceof HTMLElement) field.focus()
}

interface FieldsProps {
  values: PlanValues
  problems: PlanProblems
  onChange: (change: Partial<PlanValues>) => void
}

function Fields({ values, problems, onChange }: FieldsProps) {
  const { t } = useTranslation('classes')
  return (
    <>
      <TextInput
        name="title"
        label={t('plan.name')}
        placeholder={t('plan.example')}
        autoComplete="off"
        data-autofocus
        value={values.title}
        error={problems.title && t(`plan.problem.title.${problems.title}`, { max: LIMITS.title })}
        onChange={({ currentTarget }) => onChange({ title: currentTarget.value })}
      />
      <div className={styles['when']}>
        <TextInput
          name="date"
          type="date"
          label={t('plan.date')}
          value={values.date}
          error={problems.date && t(`plan.problem.date.${problems.date}`)}
          onChange={({ currentTarget }) => onChange({ date: currentTarget.value })}
        />
        <TextInput
          name="time"
          type="time"
          label={t('plan.time')}
          value={values.time}
          error={problems.time && t(`plan.problem.time.${problems.time}`)}
          onChange={({ currentTarget }) => onChange({ time: currentTarget.value })}
        />
      </div>
      <p className={styles['hint']}>{t('plan.whenHint')}</p>
      <Length
        value={values.duration}
        error={problems.duration && t(`plan.problem.duration.${problems.duration}`, { max: LIMITS.classMinutes })}
        onChange={(duration) => onChange({ duration })}
      />
    </>
  )
}

interface LengthProps {
  value: string
  error: string | undefined
  onChange: (minutes: string) => void
}

function Length({ value, error, onChange }: LengthProps) {
  const { t, i18n } = useTranslation('classes')
  return (
    <div className={styles['length']}>
      <TextInput
        name="duration"
        inputMode="numeric"
        autoComplete="off"
        label={t('plan.duration')}
        value={value}
        error={error}
        onChange={({ currentTarget }) => onChange(currentTarget.value)}
      />
      <Chip.Group multiple={false} value={value} onChange={onChange}>
        <Group gap={6} mt={8} role="group" aria-label={t('plan.usualLengths')}>
          {LENGTHS.map((minutes) => (
            <Chip key={minutes} value={minutes} size="xs" radius="xl">
              {durationText(Number(minutes) * 60, i18n.language)}
            </Chip>
          ))}
        </Group>
      </Chip.Group>
    </div>
  )
}
