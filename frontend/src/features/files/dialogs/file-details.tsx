import type { FileRecord } from '@lectern/protocol'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { byteSize } from '../../../ui/byte-size.ts'
import { CopyButton } from '../../../ui/copy-button.tsx'
import { fullTime } from '../../../ui/time.ts'
import styles from './file-details.module.css'

/** Who added it, when, and what it is. */
export function FileDetails({ file }: { file: FileRecord }) {
  const { t, i18n } = useTranslation('files')
  return (
    <>
      <dl className={styles['details']}>
        <Detail name={t('details.name')}>
          <bdi>{file.filename}</bdi>
        </Detail>
        <Detail name={t('details.type')}>
          {t(`category.${file.category}`)} <span className={styles['aside']}>{file.mime_type}</span>
        </Detail>
        <Detail name={t('details.size')}>{byteSize(file.size, i18n.language)}</Detail>
        <Detail name={t('details.by')}>
          <bdi>{file.uploaded_by_name}</bdi>
        </Detail>
        <Detail name={t('details.at')}>{fullTime(file.created_at, i18n.language)}</Detail>
        {file.description !== null && file.description !== '' && (
          <Detail name={t('details.description')}>{file.description}</Detail>
        )}
        <Detail name={t('details.checksum')}>
          <code className={styles['sum']}>{file.sha256}</code>
        </Detail>
      </dl>
      <CopyButton text={file.sha256} label={t('details.copyChecksum')} mt="md" />
    </>
  )
}

function Detail({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  )
}
