import type { FolderVisibility } from '@lectern/protocol'
import { BookOpen, FolderLock, FolderOpen, Globe, Inbox, type LucideIcon } from 'lucide-react'
import styles from './folder-icon.module.css'

const ICONS: Readonly<Record<FolderVisibility, LucideIcon>> = {
  course: BookOpen,
  shared: FolderOpen,
  dropbox: Inbox,
  private: FolderLock,
  public: Globe,
}

/** What kind of folder it is. Decoration: words stand beside it. */
export function FolderIcon({ visibility, size = 44 }: { visibility: FolderVisibility; size?: number }) {
  const Icon = ICONS[visibility]
  return (
    <span aria-hidden="true" className={styles['icon']} style={{ '--folder-icon-size': `${size}px` }}>
      <Icon size={Math.round(size * 0.48)} strokeWidth={1.75} />
    </span>
  )
}
