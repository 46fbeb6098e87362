import type { MessageFile, MessageType } from '@lectern/protocol'
import { Image, Paperclip } from 'lucide-react'
import { clsx } from '../../../ui/class-names.ts'
import styles from './file-line.module.css'
import type { RowLook } from './row-look.ts'

export const bearsFile = (type: MessageType): boolean => type === 'file' || type === 'image'

interface FileLineProps {
  type: MessageType
  /** Undefined where it is not known here. */
  file: MessageFile | undefined
  t: RowLook['t']
}

/** The file of a message, where there is room for one line. */
export function FileLine({ type, file, t }: FileLineProps) {
  const Icon = type === 'image' ? Image : Paperclip
  const name = file?.original_name ?? t(type === 'image' ? 'file.aPicture' : 'file.aFile')
  return (
    <span className={styles['line']}>
      <Icon size={13} aria-hidden="true" />
      <bdi className={clsx(styles['name'], file !== undefined && 'deleted' in file && styles['gone'])} title={name}>
        {name}
      </bdi>
    </span>
  )
}
