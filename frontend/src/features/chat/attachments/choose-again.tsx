import type { Upload } from '@lectern/client'
import { useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { toastFailed } from '../../../ui/toast.tsx'

/** Lets the person choose the file that the browser could not keep. */
export function ChooseAgain({ upload, className }: { upload: Upload; className: string | undefined }) {
  const { t } = useTranslation('chat')
  const input = useRef<HTMLInputElement>(null)
  const resume = (file: File | undefined): void => {
    if (file !== undefined && !upload.resumeWith(file)) toastFailed(t('attach.otherFile', { name: upload.name }))
  }
  return (
    <>
      <button type="button" className={className} onClick={() => input.current?.click()}>
        {t('attach.choose')}
      </button>
      <input
        ref={input}
        type="file"
        hidden
        onChange={({ currentTarget }) => {
          resume(currentTarget.files?.[0])
          currentTarget.value = ''
        }}
      />
    </>
  )
}
