import type { ClassSession, Participant } from '@lectern/protocol'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { useClient } from '../../../lectern/client-context.tsx'
import { Avatar } from '../../../ui/avatar.tsx'
import { listOf } from '../words/list-of.ts'
import styles from './present.module.css'

const LOOK_AGAIN_MS = 5000
const FACES = 3
const NAMES = 2

/** Who is in the class already. */
export function Present({ session }: { session: ClassSession }) {
  const { t } = useTranslation('class')
  const people = usePresent(session)
  if (session.status !== 'live') return <p className={styles['said']}>{t('present.notStarted')}</p>
  if (people === undefined) return <p className={styles['said']}>{t('present.live')}</p>
  return (
    <div className={styles['present']}>
      {people.length > 0 && (
        <span className={styles['faces']}>
          {people.slice(0, FACES).map(({ userId, displayName }) => (
            <Avatar key={userId} id={userId} name={displayName} size={32} />
          ))}
        </span>
      )}
      <PresentNames people={people} />
    </div>
  )
}

function PresentNames({ people }: { people: readonly Participant[] }) {
  const { t, i18n } = useTranslation('class')
  if (people.length === 0) return <p className={styles['said']}>{t('present.nobody')}</p>
  const names = people.slice(0, NAMES).map(({ displayName }) => displayName)
  const more = people.length - names.length
  return (
    <p className={styles['said']}>
      {more === 0
        ? t('present.some', { count: people.length, names: listOf(names, i18n.language) })
        : t('present.many', { count: more, names: names.join(', ') })}
    </p>
  )
}

function usePresent({ id: sessionId, status }: ClassSession): readonly Participant[] | undefined {
  const { api } = useClient()
  const { data } = useQuery({
    queryKey: ['classes', 'present', sessionId],
    queryFn: async ({ signal }) => (await api.listParticipants({ params: { sessionId }, signal })).data,
    enabled: status === 'live',
    refetchInterval: LOOK_AGAIN_MS,
    gcTime: 0,
  })
  return data
}
