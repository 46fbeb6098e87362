import type { MessageFile as File } from '@lectern/protocol'
import { part, whenFetched } from '../../../ui/part.tsx'
import styles from './file-of-message.module.css'
import type { MessageFileProps } from './message-file.tsx'

const messageFile = part(async () => (await import('./message-file.tsx')).MessageFile)
const MessageFile = whenFetched(messageFile)

export const fetchMessageFile = messageFile.fetch

const kindOf = (file: File): 'picture' | 'audio' | 'card' => {
  if ('deleted' in file) return 'card'
  if (file.thumbnail_url !== null) return 'picture'
  return file.category === 'audio' ? 'audio' : 'card'
}

/** The file of a message, whose script is fetched for the first one; its room is kept meanwhile. */
export function FileOfMessage(props: MessageFileProps<File>) {
  return (
    <div className={styles[kindOf(props.file)]}>
      <MessageFile {...props} />
    </div>
  )
}
