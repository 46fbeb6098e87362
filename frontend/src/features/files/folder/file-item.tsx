import type { FileRecord } from '@lectern/protocol'
import { useTranslation } from 'react-i18next'
import { Link } from 'wouter'
import { byteSize } from '../../../ui/byte-size.ts'
import { fullTime, shortDate } from '../../../ui/time.ts'
import { FROM_FOLDER } from '../preview/use-previewed.ts'
import { SelectBox } from '../selection/select-box.tsx'
import { fileAddress } from './file-address.ts'
import styles from './file-item.module.css'
import { FileMenu } from './file-menu.tsx'
import { useShownFolder } from './folder-context.ts'
import { Thumbnail } from './thumbnail.tsx'

/** A file in the grid. */
export function FileTile({ file }: { file: FileRecord }) {
  return (
    <li className={styles['tile']}>
      <SelectBox file={file} />
      <div className={styles['picture']}>
        <Thumbnail file={file} width={320} iconSize={56} />
      </div>
      <div className={styles['caption']}>
        <div className={styles['words']}>
          <FileLink file={file} />
          <Facts file={file} />
        </div>
        <FileMenu file={file} />
      </div>
    </li>
  )
}

/** A file in the list. */
export function FileRow({ file }: { file: FileRecord }) {
  const { i18n } = useTranslation('files')
  const size = byteSize(file.size, i18n.language)
  return (
    <li className={styles['row']}>
      <SelectBox file={file} />
      <div className={styles['small']}>
        <Thumbnail file={file} width={160} iconSize={40} />
      </div>
      <div className={styles['words']}>
        <FileLink file={file} />
        <span className={styles['facts']}>
          <span className={styles['sizeBelow']}>{size}</span>
          <By file={file} />
        </span>
      </div>
      <span className={styles['size']}>{size}</span>
      <FileMenu file={file} />
    </li>
  )
}

function FileLink({ file }: { file: FileRecord }) {
  const { course } = useShownFolder()
  return (
    <Link
      href={fileAddress(course.id, file)}
      state={FROM_FOLDER}
      className={styles['name']}
      title={file.filename}
      data-file={file.id}
    >
      <bdi>{file.filename}</bdi>
    </Link>
  )
}

function Facts({ file }: { file: FileRecord }) {
  const { t, i18n } = useTranslation('files')
  const { size, created_at: at, uploaded_by_name: name } = file
  // Where a tile is too narrow, it goes to the next line as a whole.
  const date = shortDate(at, i18n.language).replaceAll(' ', '\u00a0')
  return (
    <span className={styles['facts']}>
      <span title={fullTime(at, i18n.language)}>{t('list.facts', { size: byteSize(size, i18n.language), date })}</span>
      <bdi className={styles['by']}>{name}</bdi>
    </span>
  )
}

function By({ file }: { file: FileRecord }) {
  const { t, i18n } = useTranslation('files')
  const { uploaded_by_name: name, created_at: at } = file
  return (
    <span className={styles['by']} title={fullTime(at, i18n.language)}>
      {t('list.by', { name, date: shortDate(at, i18n.language) })}
    </span>
  )
}
