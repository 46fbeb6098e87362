import { LecternError } from '@lectern/client'
import { extensionOf, type FileRecord, LIMITS } from '@lectern/protocol'
import { Text, TextInput } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useErrorText } from '../../../lectern/error-text.ts'
import { FormButtons } from '../../../ui/form-buttons.tsx'
import { useFileChanges } from './use-file-changes.ts'

interface FileFormProps {
  file: FileRecord
  onClose: () => void
}

/** The name without its ending, which says what the file is and stays. */
export function RenameFileForm({ file, onClose }: FileFormProps) {
  const { t } = useTranslation(['files', 'common'])
  const renameErrorText = useRenameErrorText()
  const { rename } = useFileChanges()
  const extension = file.filename.slice(file.filename.length - extensionOf(file.filename).length)
  const initial = file.filename.slice(0, file.filename.length - extension.length)
  const [stem, setStem] = useState(initial)
  const [failure, setFailure] = useState<string>()
  const [isUnderWay, setUnderWay] = useState(false)
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    const name = stem.trim() + extension
    if (name === file.filename) return onClose()
    const problem = problemOf(stem, name)
    if (problem !== undefined) return setFailure(t(problem))
    setUnderWay(true)
    try {
      await rename(file, name)
      onClose()
    } catch (error) {
      setFailure(renameErrorText(error))
    } finally {
      setUnderWay(false)
    }
  }
  return (
    <form onSubmit={(event) => void submit(event)} noValidate>
      <TextInput
        label={t('renaming.label')}
        autoComplete="off"
        data-autofocus
        value={stem}
        error={failure}
        onFocus={({ currentTarget }) => currentTarget.select()}
        onChange={({ currentTarget }) => {
          setStem(currentTarget.value)
          setFailure(undefined)
        }}
        rightSection={
          <Text size="sm" c="dimmed">
            {extension}
          </Text>
        }
        rightSectionWidth={extension.length * 9 + 16}
        rightSectionPointerEvents="none"
      />
      <FormButtons submitLabel={t('common:save')} isUnderWay={isUnderWay} onCancel={onClose} />
    </form>
  )
}

function problemOf(stem: string, name: string) {
  if (stem.trim() === '') return 'renaming.missing'
  return name.length > LIMITS.fileName ? 'renaming.tooLong' : undefined
}

function useRenameErrorText(): (error: unknown) => string {
  const { t } = useTranslation('files')
  const errorText = useErrorText()
  return (error) => {
    if (!(error instanceof LecternError)) return errorText(error)
    if (error.code === 'CONFLICT') return t('file.taken')
    if (error.code === 'NOT_FOUND') return t('file.changed')
    if (error.code === 'VALIDATION_FAILED' || error.code === 'UNSUPPORTED_FILE_TYPE') return t('renaming.refused')
    return errorText(error)
  }
}
