import type { ReplyTo } from '@lectern/protocol'
import { CornerUpRight } from 'lucide-react'
import styles from './reply-preview.module.css'
import type { RowLook } from './row-look.ts'

/** More does not fit on the line. */
const SHOWN = 200

/** The line above a reply; leads to the original. */
export function ReplyPreview({ original, look }: { original: ReplyTo; look: Pick<RowLook, 't' | 'onJump'> }) {
  const text = original.deleted_at === null ? original.message.slice(0, SHOWN) : look.t('message.deleted')
  return (
    <button type="button" className={styles['preview']} onClick={() => look.onJump(original.id)}>
      <CornerUpRight size={13} aria-hidden="true" className={styles['icon']} />
      <span className={styles['hidden']}>{look.t('message.replyTo')} </span>
      <bdi className={styles['name']}>{original.user_name}</bdi>
      <span dir="auto" className={original.deleted_at === null ? styles['text'] : styles['deleted']}>
        {text}
      </span>
    </button>
  )
}
