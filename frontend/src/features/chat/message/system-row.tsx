import type { MessageRecord } from '@lectern/protocol'
import { memo } from 'react'
import { part, whenFetched } from '../../../ui/part.tsx'
import { clockTime } from '../../../ui/time.ts'
import type { RowLook } from './row-look.ts'
import styles from './system-row.module.css'

const ClassWords = whenFetched(part(async () => (await import('./class-words.tsx')).ClassWords))

interface SystemRowProps {
  message: MessageRecord
  look: RowLook
  isActive: boolean
}

/** What the server itself has to say. Of kinds that this client does not know the text is shown as it came. */
export const SystemRow = memo(function SystemRow({ message, look, isActive }: SystemRowProps) {
  return (
    <article
      className={styles['row']}
      aria-setsize={-1}
      aria-posinset={message.seq}
      aria-labelledby={`m${message.seq}-text`}
      data-seq={message.seq}
      tabIndex={isActive ? -1 : undefined}
    >
      <span id={`m${message.seq}-text`} dir="auto">
        {message.message === '' && message.system !== null ? (
          <ClassWords courseId={message.course_id} system={message.system}>
            {look.t('message.system')}
          </ClassWords>
        ) : (
          message.message || look.t('message.system')
        )}
      </span>{' '}
      <time dateTime={message.created_at}>{clockTime(message.created_at, look.language)}</time>
    </article>
  )
})
