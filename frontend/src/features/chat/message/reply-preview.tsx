import type { ReplyTo } from '@lectern/protocol'
import { CornerUpRight } from 'lucide-react'
import unseen from '../../../ui/visually-hidden.module.css'
import { ReplyContent } from './reply-content.tsx'
import styles from './reply-preview.module.css'
import type { RowLook } from './row-look.ts'

/** The line above a reply; leads to the original. */
export function ReplyPreview({ original, look }: { original: ReplyTo; look: Pick<RowLook, 't' | 'onJump'> }) {
  return (
    <button type="button" className={styles['preview']} onClick={() => look.onJump(original.id)}>
      <CornerUpRight size={13} aria-hidden="true" className={styles['icon']} />
      <span className={unseen['hidden']}>{look.t('message.replyTo')} </span>
      <bdi className={styles['name']}>{original.user_name}</bdi>
      <span dir="auto" className={original.deleted_at === null ? styles['text'] : styles['deleted']}>
        <ReplyContent original={original} t={look.t} />
      </span>
    </button>
  )
}
