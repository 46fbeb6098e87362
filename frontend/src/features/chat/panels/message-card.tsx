import type { MessageRecord } from '@lectern/protocol'
import { Megaphone } from 'lucide-react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { Avatar } from '../../../ui/avatar.tsx'
import { clockTime, dayName, daysAgo, fullTime, shortDate } from '../../../ui/time.ts'
import { FileLine } from '../message/file-line.tsx'
import styles from './message-card.module.css'

interface MessageCardProps {
  readonly message: MessageRecord
  readonly onOpen: () => void
  /** The text as it is shown. */
  readonly children: ReactNode
  /** Buttons. */
  readonly tools?: ReactNode
}

const whenOf = (time: string, language: string): string => {
  const days = daysAgo(time)
  if (days === 0) return clockTime(time, language)
  return `${days === 1 ? dayName(time, language) : shortDate(time, language)}, ${clockTime(time, language)}`
}

/** A message outside of its place, which a click leads to. */
export function MessageCard({ message, onOpen, children, tools }: MessageCardProps) {
  const { t, i18n } = useTranslation('chat')
  return (
    <li className={styles['card']}>
      <Avatar id={message.user_id ?? message.id} name={message.user_name} size={28} />
      <div className={styles['main']}>
        <div className={styles['head']}>
          <bdi className={styles['name']}>{message.user_name}</bdi>
          <time
            className={styles['time']}
            dateTime={message.created_at}
            title={fullTime(message.created_at, i18n.language)}
          >
            {whenOf(message.created_at, i18n.language)}
          </time>
          {message.message_type === 'announcement' && (
            <span className={styles['announcement']} title={t('panels.announcement')}>
              <Megaphone size={13} aria-label={t('panels.announcement')} role="img" />
            </span>
          )}
        </div>
        {message.file !== null && (
          <div className={styles['file']}>
            <FileLine type={message.message_type} file={message.file} t={t} />
          </div>
        )}
        {message.message !== '' && (
          <p className={styles['text']} dir="auto">
            {children}
          </p>
        )}
      </div>
      <button
        type="button"
        className={styles['open']}
        onClick={onOpen}
        aria-label={t('panels.open', { name: message.user_name, time: fullTime(message.created_at, i18n.language) })}
      />
      {tools !== undefined && <div className={styles['tools']}>{tools}</div>}
    </li>
  )
}
