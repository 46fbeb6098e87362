import type { FolderRecord } from '@lectern/protocol'
import { NativeSelect, Text } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useFolders } from '../../../lectern/file-queries.ts'
import { FormButtons } from '../../../ui/form-buttons.tsx'
import { mayAdd } from '../file-permissions.ts'
import { useShownFolder } from '../folder/folder-context.ts'

interface PlaceFormProps {
  /** What went wrong with the place that was chosen. */
  failure?: string | undefined
  isUnderWay?: boolean
  onChange?: () => void
  onSubmit: (place: FolderRecord) => void
  onCancel: () => void
}

/** Which other folder of the course something goes to. */
export function PlaceForm({ failure, isUnderWay = false, onChange, onSubmit, onCancel }: PlaceFormProps) {
  const { t } = useTranslation('files')
  const { course, folder: from, viewer } = useShownFolder()
  const { folders = [] } = useFolders(course.id)
  const places = folders.filter((folder) => folder.id !== from.id && mayAdd(viewer, folder))
  const [chosen, setChosen] = useState<string>()
  const place = places.find(({ id }) => id === chosen) ?? places[0]
  if (place === undefined) return <Text>{t('moving.none')}</Text>
  const submit = (event: FormEvent) => {
    event.preventDefault()
    onSubmit(place)
  }
  return (
    <form onSubmit={submit} noValidate>
      <NativeSelect
        label={t('moving.label')}
        data-autofocus
        value={place.id}
        error={failure}
        onChange={({ currentTarget }) => {
          setChosen(currentTarget.value)
          onChange?.()
        }}
        data={places.map(({ id, name }) => ({ value: id, label: name }))}
      />
      <FormButtons submitLabel={t('moving.submit')} isUnderWay={isUnderWay} onCancel={onCancel} />
    </form>
  )
}
