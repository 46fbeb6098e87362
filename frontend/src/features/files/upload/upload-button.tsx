import { Button } from '@mantine/core'
import { Upload } from 'lucide-react'
import { useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { ACCEPTED } from '../../../lectern/upload-refusal.ts'
import { HeaderButton } from '../../../ui/header-button.tsx'
import { useUploadHere } from './use-upload-here.ts'

/** Chooses files from the device. @param quiet below another such button, which is beside the title */
export function UploadButton({ quiet = false }: { quiet?: boolean }) {
  const { t } = useTranslation('files')
  const input = useRef<HTMLInputElement>(null)
  const upload = useUploadHere()
  const choose = () => input.current?.click()
  return (
    <>
      {quiet ? (
        <Button variant="light" leftSection={<Upload size={16} aria-hidden="true" />} onClick={choose}>
          {t('upload.open')}
        </Button>
      ) : (
        <HeaderButton variant="filled" icon={Upload} label={t('upload.open')} onClick={choose} />
      )}
      <input
        ref={input}
        type="file"
        multiple
        hidden
        accept={ACCEPTED}
        aria-label={t('upload.open')}
        onChange={({ currentTarget }) => {
          upload([...(currentTarget.files ?? [])])
          // The same file again is a change, too.
          currentTarget.value = ''
        }}
      />
    </>
  )
}
