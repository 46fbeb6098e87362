import { LecternError } from '@lectern/client'
import { type FolderVisibility, folderNameProblem, LIMITS } from '@lectern/protocol'
import { Radio, TextInput } from '@mantine/core'
import { type FormEvent, useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useErrorText } from '../../../lectern/error-text.ts'
import { FormButtons } from '../../../ui/form-buttons.tsx'
import type { Viewer } from '../file-permissions.ts'
import styles from './folder-form.module.css'
import { FolderIcon } from './folder-icon.tsx'
import { useVisibilityText } from './use-visibility-text.ts'

interface FolderFields {
  readonly name: string
  readonly visibility: FolderVisibility
}

interface FolderFormProps {
  viewer: Viewer
  initial: FolderFields
  kinds: readonly FolderVisibility[]
  submitLabel: string
  onCancel: () => void
  /** Throws what went wrong. */
  onSubmit: (fields: FolderFields) => Promise<void>
}

/** What a folder is called, and who reads and adds. */
export function FolderForm({ viewer, initial, kinds, submitLabel, onCancel, onSubmit }: FolderFormProps) {
  const { t } = useTranslation('files')
  const submitErrorText = useSubmitErrorText()
  const [name, setName] = useState(initial.name)
  const [visibility, setVisibility] = useState(initial.visibility)
  const [isUnderWay, setUnderWay] = useState(false)
  const [isSubmitted, setSubmitted] = useState(false)
  const [failure, setFailure] = useState<string>()
  // A space at an edge is one that nobody meant.
  const problem = folderNameProblem(name.normalize('NFC').trim())
  const isShown = problem !== undefined && (isSubmitted || problem !== 'empty')
  const error = isShown ? t(`folder.problem.${problem}`, { max: LIMITS.folderName }) : failure
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    setSubmitted(true)
    if (problem !== undefined) return
    setUnderWay(true)
    try {
      await onSubmit({ name: name.normalize('NFC').trim(), visibility })
    } catch (thrown) {
      setFailure(submitErrorText(thrown))
    } finally {
      setUnderWay(false)
    }
  }
  const changeName = (typed: string) => {
    setName(typed)
    setFailure(undefined)
  }
  return (
    <form onSubmit={(event) => void submit(event)} noValidate>
      <TextInput
        label={t('folder.name')}
        placeholder={t('folder.example')}
        autoComplete="off"
        data-autofocus
        value={name}
        error={error}
        onChange={({ currentTarget }) => changeName(currentTarget.value)}
      />
      <VisibilityCards viewer={viewer} kinds={kinds} value={visibility} onChange={setVisibility} />
      <FormButtons submitLabel={submitLabel} isUnderWay={isUnderWay} onCancel={onCancel} />
    </form>
  )
}

function useSubmitErrorText(): (error: unknown) => string {
  const { t } = useTranslation('files')
  const errorText = useErrorText()
  return (error) => {
    if (!(error instanceof LecternError)) return errorText(error)
    if (error.code === 'CONFLICT') return t('folder.taken')
    if (error.code === 'FORBIDDEN') return t('folder.notYours')
    if (error.code === 'NOT_FOUND') return t('folder.gone')
    return errorText(error)
  }
}

interface VisibilityCardsProps {
  viewer: Viewer
  kinds: readonly FolderVisibility[]
  value: FolderVisibility
  onChange: (visibility: FolderVisibility) => void
}

function VisibilityCards({ viewer, kinds, value, onChange }: VisibilityCardsProps) {
  const { t } = useTranslation('files')
  const textOf = useVisibilityText(viewer)
  const group = useId()
  return (
    <fieldset className={styles['kinds']}>
      <legend>{t('visibility.label')}</legend>
      {kinds.map((kind) => (
        <label
          key={kind}
          htmlFor={`${group}-${kind}-choice`}
          className={styles['kind']}
          data-checked={kind === value || undefined}
        >
          <FolderIcon visibility={kind} size={36} />
          <span className={styles['words']}>
            <span className={styles['name']}>{t(`visibility.${kind}.name`)}</span>
            <span id={`${group}-${kind}`} className={styles['text']}>
              {textOf(kind)}
            </span>
          </span>
          <Radio
            id={`${group}-${kind}-choice`}
            name={group}
            value={kind}
            checked={kind === value}
            aria-label={t(`visibility.${kind}.name`)}
            aria-describedby={`${group}-${kind}`}
            onChange={() => onChange(kind)}
          />
        </label>
      ))}
    </fieldset>
  )
}
