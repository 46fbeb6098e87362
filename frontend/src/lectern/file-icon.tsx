import type { FileCategory } from '@lectern/protocol'
import { File, FileArchive, FileText, Film, Image, type LucideIcon, Music } from 'lucide-react'
import styles from './file-icon.module.css'

const ICONS: Readonly<Record<FileCategory, readonly [icon: LucideIcon, hue: number]>> = {
  document: [FileText, 262],
  image: [Image, 155],
  video: [Film, 350],
  audio: [Music, 305],
  archive: [FileArchive, 75],
}

interface FileIconProps {
  /** Undefined for what is no file that is taken. */
  category: FileCategory | undefined
  /** Pixels. */
  size?: number
}

/** What kind of file it is. Decoration: the name stands beside it. */
export function FileIcon({ category, size = 40 }: FileIconProps) {
  const [Icon, hue] = category === undefined ? ([File, 262] as const) : ICONS[category]
  return (
    <span
      aria-hidden="true"
      className={styles['icon']}
      style={{ '--file-icon-size': `${size}px`, '--file-icon-hue': hue }}
    >
      <Icon size={Math.round(size * 0.5)} strokeWidth={1.75} />
    </span>
  )
}
