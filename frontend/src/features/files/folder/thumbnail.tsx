import type { FileRecord } from '@lectern/protocol'
import { useState } from 'react'
import { FileIcon } from '../../../lectern/file-icon.tsx'
import { thumbnailPath } from '../../../lectern/own-path.ts'
import styles from './thumbnail.module.css'

interface ThumbnailProps {
  file: FileRecord
  width: 160 | 320
  /** Of the icon where there is no picture, in pixels. */
  iconSize: number
}

/** A picture of the file, else what kind it is. Decoration: the name stands beside it. */
export function Thumbnail({ file, width, iconSize }: ThumbnailProps) {
  const path = thumbnailPath(file, width)
  const [failed, setFailed] = useState<string>()
  if (path === undefined || path === failed) return <FileIcon category={file.category} size={iconSize} />
  return (
    <img
      className={styles['picture']}
      src={path}
      alt=""
      loading="lazy"
      decoding="async"
      draggable={false}
      onError={() => setFailed(path)}
    />
  )
}
