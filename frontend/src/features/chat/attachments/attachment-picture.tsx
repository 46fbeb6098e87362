import { categoryOf } from '@lectern/protocol'
import { FileIcon } from '../../../lectern/file-icon.tsx'
import { thumbnailPath } from '../../../lectern/own-path.ts'
import styles from './attachment-picture.module.css'
import type { HeldAttachment } from './attachments.ts'
import { isPicture, SourcePicture } from './source-picture.tsx'

/** What an attachment looks like, small. */
export function AttachmentPicture({ one, size }: { one: HeldAttachment; size: number }) {
  const { source, file } = one
  const icon = <FileIcon category={categoryOf(one.name)} size={size} />
  if (source !== undefined && isPicture(source)) {
    return <SourcePicture source={source} size={size} className={styles['picture']} fallback={icon} />
  }
  const thumbnail = file === undefined ? undefined : thumbnailPath(file, 160)
  if (thumbnail === undefined) return icon
  return <img src={thumbnail} alt="" width={size} height={size} className={styles['picture']} />
}
