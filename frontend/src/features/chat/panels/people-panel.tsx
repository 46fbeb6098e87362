import { CloseButton, TextInput } from '@mantine/core'
import { Search, UserX } from 'lucide-react'
import { type ReactNode, useCallback, useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useErrorText } from '../../../lectern/error-text.ts'
import { EmptyState } from '../../../ui/empty-state.tsx'
import { ErrorState } from '../../../ui/error-state.tsx'
import { useChat } from '../chat-context.ts'
import { nameMatches } from '../mentions/name-matches.ts'
import { MoreButton } from './more-button.tsx'
import panel from './panel-list.module.css'
import { PanelLoading } from './panel-loading.tsx'
import type { People, Person } from './people.ts'
import styles from './people-panel.module.css'
import { PersonRow } from './person-row.tsx'
import { usePeople } from './use-people.ts'

/** Below it everybody is seen at a glance. */
const FILTERED_FROM = 8

/** Drawn at a time: a course may have ten thousand. */
const STEP = 200

const matching = (people: readonly Person[], sought: string): readonly Person[] =>
  sought === '' ? people : people.filter((person) => nameMatches(person.userName, sought))

export default function PeoplePanel({ onDone }: { readonly onDone: () => void }) {
  const { t } = useTranslation('chat')
  const errorText = useErrorText()
  const { people, onlineCount, isComplete, error, retry } = usePeople()
  const [sought, setSought] = useState('')
  if (people === undefined && error !== null) {
    return <ErrorState title={t('people.failed')} text={errorText(error)} onRetry={retry} />
  }
  if (people === undefined) return <PanelLoading />
  const isFiltered = people.online.length + people.offline.length >= FILTERED_FROM
  const name = sought.trim()
  const online = matching(people.online, name)
  return (
    <>
      {isFiltered && <Filter value={sought} onChange={setSought} />}
      <Found
        key={name}
        online={online}
        onlineCount={name === '' ? Math.max(onlineCount, online.length) : online.length}
        offline={matching(people.offline, name)}
        onDone={onDone}
      >
        {!isComplete && <MoreButton isLoading={error === null} hasFailed={error !== null} onMore={retry} />}
      </Found>
    </>
  )
}

interface FoundProps extends People {
  readonly onlineCount: number
  readonly onDone: () => void
  /** What stands behind the last one. */
  readonly children: ReactNode
}

function Found({ online, onlineCount, offline, onDone, children }: FoundProps) {
  const { t } = useTranslation('chat')
  const [shown, setShown] = useState(STEP)
  const more = useCallback(() => setShown((before) => before + STEP), [])
  if (online.length + offline.length === 0) {
    return <EmptyState icon={<UserX size={26} />} title={t('people.none')} text={t('people.noneText')} />
  }
  const away = offline.slice(0, Math.max(0, shown - online.length))
  return (
    <div className={panel['scroll']}>
      <Group
        title={t('people.online', { count: onlineCount })}
        people={online.slice(0, shown)}
        isOnline
        onDone={onDone}
      />
      <Group title={t('people.offline', { count: offline.length })} people={away} onDone={onDone} />
      {online.length + offline.length > shown ? (
        <MoreButton isLoading={false} hasFailed={false} onMore={more} />
      ) : (
        children
      )}
    </div>
  )
}

interface GroupProps {
  readonly title: string
  readonly people: readonly Person[]
  readonly isOnline?: boolean
  readonly onDone: () => void
}

function Group({ title, people, isOnline = false, onDone }: GroupProps) {
  const { me } = useChat()
  const headingId = useId()
  if (people.length === 0) return null
  return (
    <section aria-labelledby={headingId}>
      <h3 id={headingId} className={styles['heading']}>
        {title}
      </h3>
      <ul className={styles['list']}>
        {people.map((person) => (
          <li key={person.userId}>
            <PersonRow person={person} isOnline={isOnline} isMe={person.userId === me.id} onDone={onDone} />
          </li>
        ))}
      </ul>
    </section>
  )
}

function Filter({ value, onChange }: { readonly value: string; readonly onChange: (value: string) => void }) {
  const { t } = useTranslation('chat')
  return (
    <div className={styles['filter']}>
      <TextInput
        value={value}
        onChange={(event) => onChange(event.currentTarget.value)}
        placeholder={t('people.filter')}
        aria-label={t('people.filter')}
        leftSection={<Search size={16} />}
        rightSection={
          value === '' ? undefined : (
            <CloseButton size="sm" aria-label={t('search.clear')} onClick={() => onChange('')} />
          )
        }
        autoComplete="off"
      />
    </div>
  )
}
