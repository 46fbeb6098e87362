import { ActionIcon } from '@mantine/core'
import { Folder, Keyboard, Pin, Search, Users } from 'lucide-react'
import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'wouter'
import { useRoomPart } from '../../lectern/room-context.tsx'
import { BackButton } from '../../ui/back-button.tsx'
import { dialogOnDemand } from '../../ui/dialog-on-demand.tsx'
import { part, whenFetched } from '../../ui/part.tsx'
import { type PanelKind, useChat, useChatUi } from './chat-context.ts'
import styles from './chat-header.module.css'

const ClassesButton = whenFetched(part(async () => (await import('./classes-button.tsx')).ClassesButton))
const ShortcutsHelp = dialogOnDemand(async () => (await import('./shortcuts-help.tsx')).ShortcutsHelp)

/** Which course it is, who is there, and what else there is to see. */
export function ChatHeader({ title }: { title: string }) {
  const { courseId, actions } = useChat()
  const { t } = useTranslation('chat')
  const online = useRoomPart(({ onlineCount }) => onlineCount)
  const isKnown = useRoomPart(({ status }) => status.kind === 'live')
  return (
    <header className={styles['header']}>
      <BackButton to="/" label={t('header.back')} onPhoneOnly />
      <div className={styles['titles']}>
        <h1 className={styles['title']}>
          <Link href={`/courses/${courseId}/members`} title={t('header.members')}>
            {title}
          </Link>
        </h1>
        {isKnown && (
          <button type="button" className={styles['online']} onClick={() => actions.togglePanel('people')}>
            <span className={styles['dot']} aria-hidden="true" />
            {t('header.online', { count: online })}
          </button>
        )}
      </div>
      <div className={styles['actions']}>
        <PanelButton kind="search" label={t('header.search')} icon={<Search size={18} aria-hidden="true" />} />
        <PanelButton kind="pins" label={t('header.pins')} icon={<Pin size={18} aria-hidden="true" />} />
        <PanelButton kind="people" label={t('header.people')} icon={<Users size={18} aria-hidden="true" />} />
        <span className={styles['place']}>
          <ClassesButton courseId={courseId} />
        </span>
        <ActionIcon
          component={Link}
          href={`/courses/${courseId}/files`}
          variant="subtle"
          color="gray"
          size="lg"
          aria-label={t('header.files')}
          title={t('header.files')}
        >
          <Folder size={18} aria-hidden="true" />
        </ActionIcon>
        <ShortcutsButton />
      </div>
    </header>
  )
}

function PanelButton({ kind, label, icon }: { kind: PanelKind; label: string; icon: ReactNode }) {
  const { actions } = useChat()
  const { panel } = useChatUi()
  return (
    <ActionIcon
      variant={panel === kind ? 'light' : 'subtle'}
      color={panel === kind ? 'indigo' : 'gray'}
      size="lg"
      aria-label={label}
      title={label}
      aria-pressed={panel === kind}
      onClick={() => actions.togglePanel(kind)}
    >
      {icon}
    </ActionIcon>
  )
}

function ShortcutsButton() {
  const { t } = useTranslation('chat')
  const [isOpen, setOpen] = useState(false)
  return (
    <>
      <ActionIcon
        variant="subtle"
        color="gray"
        size="lg"
        className={styles['withKeyboard'] ?? ''}
        aria-label={t('shortcuts.title')}
        title={t('shortcuts.title')}
        onClick={() => setOpen(true)}
      >
        <Keyboard size={18} aria-hidden="true" />
      </ActionIcon>
      <ShortcutsHelp opened={isOpen} onClose={() => setOpen(false)} />
    </>
  )
}
