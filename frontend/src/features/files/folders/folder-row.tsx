import type { CourseRecord, FolderRecord } from '@lectern/protocol'
import { useTranslation } from 'react-i18next'
import { Link } from 'wouter'
import { useFolderSize } from '../../../lectern/file-queries.ts'
import { useViewer } from '../files-course.tsx'
import { FolderIcon } from './folder-icon.tsx'
import { FolderMenu } from './folder-menu.tsx'
import styles from './folder-row.module.css'
import { useAmountText } from './use-amount-text.ts'
import { useVisibilityText } from './use-visibility-text.ts'

export function FolderRow({ course, folder }: { course: CourseRecord; folder: FolderRecord }) {
  const { t } = useTranslation('files')
  const { id, name, visibility } = folder
  const textOf = useVisibilityText(useViewer(course))
  return (
    <li className={styles['row']}>
      <FolderIcon visibility={visibility} />
      <div className={styles['text']}>
        <Link href={`/courses/${course.id}/files/${id}`} className={styles['name']}>
          <bdi>{name}</bdi>
        </Link>
        <span className={styles['detail']}>
          <span className={styles['kind']}>{t(`visibility.${visibility}.name`)}</span>
          <span>{textOf(visibility)}</span>
        </span>
      </div>
      <Amount folderId={id} />
      <FolderMenu course={course} folder={folder} />
    </li>
  )
}

function Amount({ folderId }: { folderId: string }) {
  const amountText = useAmountText()
  const { data } = useFolderSize(folderId)
  return <span className={styles['amount']}>{data !== undefined && amountText(data)}</span>
}
