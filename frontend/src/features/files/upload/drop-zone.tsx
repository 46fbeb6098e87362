import { CloudUpload } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import styles from './drop-zone.module.css'

/** Over the page, while files are held over it. */
export function DropZone({ folder }: { folder: string }) {
  const { t } = useTranslation('files')
  return (
    <div className={styles['zone']} role="status">
      <div className={styles['inner']}>
        <CloudUpload size={40} strokeWidth={1.5} aria-hidden="true" />
        <strong>{t('upload.drop', { folder })}</strong>
        <span>{t('upload.dropText')}</span>
      </div>
    </div>
  )
}
