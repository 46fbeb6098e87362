import type { ReplyTo } from '@lectern/protocol'
import { CornerUpLeft, X } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { ReplyContent } from '../message/reply-content.tsx'
import styles from './reply-bar.module.css'

/** What one is replying to. */
export function ReplyBar({ target, onCancel }: { target: ReplyTo; onCancel: () => void }) {
  const { t } = useTranslation('chat')
  return (
    <div className={styles['bar']}>
      <CornerUpLeft size={14} aria-hidden="true" className={styles['icon']} />
      <span className={styles['what']}>
        {t('composer.replyingTo')} <bdi className={styles['name']}>{target.user_name}</bdi>{' '}
        <span dir="auto">
          <ReplyContent original={target} t={t} />
        </span>
      </span>
      <button type="button" className={styles['close']} aria-label={t('composer.cancelReply')} onClick={onCancel}>
        <X size={16} aria-hidden="true" />
      </button>
    </div>
  )
}
