import type { Participant } from '@lectern/protocol'
import { ActionIcon, Menu } from '@mantine/core'
import { EllipsisVertical, Hand, MicOff, MonitorUp, UserX, VideoOff } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { isStaff } from '../../../lectern/course-roles.ts'
import { useErrorText } from '../../../lectern/error-text.ts'
import { Avatar } from '../../../ui/avatar.tsx'
import { toastFailed } from '../../../ui/toast.tsx'
import unseen from '../../../ui/visually-hidden.module.css'
import { useClassroom, useInClass } from '../class-context.tsx'
import styles from './person-row.module.css'
import { mayDirect } from './powers.ts'

interface PersonRowProps {
  person: Participant
  /** In the queue of hands, from 1; 0: in no queue. */
  place: number
  onRemove: (person: Participant) => void
}

/** Somebody of the class, and what staff may do about them. */
export function PersonRow({ person, place, onRemove }: PersonRowProps) {
  const { t } = useTranslation(['class', 'common'])
  const you = useInClass((state) => state.you)
  const isYou = person.userId === you.userId
  const lowers = place > 0 && (isYou || isStaff(you.role))
  return (
    <li className={styles['row']}>
      {place > 0 && <span className={styles['place']}>{place}</span>}
      <Avatar id={person.userId} name={person.displayName} size={32} />
      <span className={styles['who']}>
        <bdi className={styles['name']}>{isYou ? t('tile.you', { name: person.displayName }) : person.displayName}</bdi>
        {person.role !== 'student' && <span className={styles['role']}>{t(`common:roles.${person.role}`)}</span>}
      </span>
      {place === 0 && <Marks person={person} />}
      {lowers && <LowerButton person={person} />}
      {place === 0 && mayDirect(you, person) && <Directions person={person} onRemove={onRemove} />}
    </li>
  )
}

function Marks({ person }: { person: Participant }) {
  const { t } = useTranslation('class')
  const marks = [
    { holds: person.handRaisedAt !== null, Icon: Hand, text: t('people.handUp') },
    { holds: person.screen, Icon: MonitorUp, text: t('people.shares') },
    { holds: !person.video, Icon: VideoOff, text: t('people.cameraOff') },
    { holds: !person.audio, Icon: MicOff, text: t('tile.muted') },
  ]
  return (
    <span className={styles['marks']}>
      {marks
        .filter(({ holds }) => holds)
        .map(({ Icon, text }) => (
          <span key={text} title={text}>
            <Icon size={16} aria-hidden="true" />
            <span className={unseen['hidden']}>{text}</span>
          </span>
        ))}
    </span>
  )
}

/** What it says went wrong, where it did. */
function useDirecting(): (change: Promise<void>) => void {
  const errorText = useErrorText()
  return (change) => {
    change.catch((error: unknown) => toastFailed(errorText(error)))
  }
}

function LowerButton({ person: { userId, displayName } }: { person: Participant }) {
  const { t } = useTranslation('class')
  const classroom = useClassroom()
  const direct = useDirecting()
  const label = t('people.lower', { name: displayName })
  return (
    <ActionIcon
      variant="light"
      color="gray"
      size="lg"
      aria-label={label}
      title={label}
      onClick={() => direct(classroom.lowerHand(userId))}
    >
      <Hand size={17} aria-hidden="true" />
    </ActionIcon>
  )
}

function Directions({ person, onRemove }: Pick<PersonRowProps, 'person' | 'onRemove'>) {
  const { t } = useTranslation('class')
  const classroom = useClassroom()
  const direct = useDirecting()
  return (
    <Menu position="bottom-end" width={220}>
      <Menu.Target>
        <ActionIcon variant="subtle" color="gray" size="lg" aria-label={t('people.menu', { name: person.displayName })}>
          <EllipsisVertical size={18} aria-hidden="true" />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item
          leftSection={<MicOff size={16} aria-hidden="true" />}
          disabled={!person.audio}
          onClick={() => direct(classroom.mute(person.userId))}
        >
          {t('people.mute')}
        </Menu.Item>
        {person.handRaisedAt !== null && (
          <Menu.Item
            leftSection={<Hand size={16} aria-hidden="true" />}
            onClick={() => direct(classroom.lowerHand(person.userId))}
          >
            {t('bar.lowerHand')}
          </Menu.Item>
        )}
        <Menu.Item
          color="var(--mantine-color-error)"
          leftSection={<UserX size={16} aria-hidden="true" />}
          onClick={() => onRemove(person)}
        >
          {t('remove.open')}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  )
}
