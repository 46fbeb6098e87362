import { UnstyledButton } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { Avatar } from '../../../ui/avatar.tsx'
import { useChat } from '../chat-context.ts'
import role from '../role.module.css'
import type { Person } from './people.ts'
import styles from './people-panel.module.css'

interface PersonRowProps {
  readonly person: Person
  readonly isOnline: boolean
  readonly isMe: boolean
  readonly onDone: () => void
}

/** Somebody of the course; a click mentions them. */
export function PersonRow({ person, isOnline, isMe, onDone }: PersonRowProps) {
  const { actions } = useChat()
  const { t } = useTranslation(['chat', 'common'])
  const face = (
    <>
      <span className={styles['face']} data-online={isOnline || undefined}>
        <Avatar id={person.userId} name={person.userName} size={32} />
      </span>
      <bdi className={styles['name']}>{isMe ? t('people.you', { name: person.userName }) : person.userName}</bdi>
      {person.role !== 'student' && <span className={role['role']}>{t(`common:roles.${person.role}`)}</span>}
    </>
  )
  if (isMe) return <div className={styles['person']}>{face}</div>
  const mention = (): void => {
    onDone()
    actions.mention(person)
  }
  return (
    <UnstyledButton
      className={styles['person']}
      data-away={!isOnline || undefined}
      onClick={mention}
      title={t('people.mention', { name: person.userName })}
    >
      {face}
    </UnstyledButton>
  )
}
