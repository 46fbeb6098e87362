import { LecternError } from '@lectern/client'
import type { FileRecord, FolderRecord } from '@lectern/protocol'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useErrorText } from '../../../lectern/error-text.ts'
import { toastDone } from '../../../ui/toast.tsx'
import { PlaceForm } from './place-form.tsx'
import { useFileChanges } from './use-file-changes.ts'

/** Moves one file at once: what stands in its way is said where another folder can be chosen. */
export function MoveFileForm({ file, onClose }: { file: FileRecord; onClose: () => void }) {
  const { t } = useTranslation('files')
  const errorText = useErrorText()
  const { move } = useFileChanges()
  const [failure, setFailure] = useState<string>()
  const [isUnderWay, setUnderWay] = useState(false)
  const submit = async (place: FolderRecord) => {
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
    <PlaceForm
      failure={failure}
      isUnderWay={isUnderWay}
      onChange={() => setFailure(undefined)}
      onSubmit={(place) => void submit(place)}
      onCancel={onClose}
    />
  )
}
