import { LecternError } from '@lectern/client'
import type { CourseRecord, FileRecord } from '@lectern/protocol'
import { NativeSelect, Text } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useErrorText } from '../../../lectern/error-text.ts'
import { useFolders } from '../../../lectern/file-queries.ts'
import { FormButtons } from '../../../ui/form-buttons.tsx'
import { toastDone } from '../../../ui/toast.tsx'
import { mayAdd, type Viewer } from '../file-permissions.ts'
import { useFileChanges } from './use-file-changes.ts'

interface MoveFileFormProps {
  course: CourseRecord
  viewer: Viewer
  file: FileRecord
  onClose: () => void
}

export function MoveFileForm({ course, viewer, file, onClose }: MoveFileFormProps) {
  const { t } = useTranslation('files')
  const errorText = useErrorText()
  const { move } = useFileChanges()
  const { folders = [] } = useFolders(course.id)
  const places = folders.filter((folder) => folder.id !== file.folder_id && mayAdd(viewer, folder))
  const [chosen, setChosen] = useState<string>()
  const [failure, setFailure] = useState<string>()
  const [isUnderWay, setUnderWay] = useState(false)
  const place = places.find(({ id }) => id === chosen) ?? places[0]
  if (place === undefined) return <Text>{t('moving.none')}</Text>
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    setUnderWay(true)
    try {
      await move(file, place)
      toastDone(t('moving.done', { name: file.filename, folder: place.name }))
      onClose()
    } catch (error) {
      const code = error instanceof LecternError ? error.code : undefined
      if (code === 'CONFLICT') setFailure(t('file.taken'))
      else setFailure(code === 'NOT_FOUND' ? t('file.changed') : errorText(error))
    } finally {
      setUnderWay(false)
    }
  }
  return (
    <form onSubmit={(event) => void submit(event)} noValidate>
      <NativeSelect
        label={t('moving.label')}
        data-autofocus
        value={place.id}
        error={failure}
        onChange={({ currentTarget }) => {
          setChosen(currentTarget.value)
          setFailure(undefined)
        }}
        data={places.map(({ id, name }) => ({ value: id, label: name }))}
      />
      <FormButtons submitLabel={t('moving.submit')} isUnderWay={isUnderWay} onCancel={onClose} />
    </form>
  )
}
