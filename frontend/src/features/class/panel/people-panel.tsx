import type { InClass } from '@lectern/client/classes'
import type { Participant } from '@lectern/protocol'
import { Switch } from '@mantine/core'
import { Lock } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { isStaff } from '../../../lectern/course-roles.ts'
import { useErrorText } from '../../../lectern/error-text.ts'
import { toastFailed } from '../../../ui/toast.tsx'
import { sameItems, useClassroom, useInClass } from '../class-context.tsx'
import { Bans } from './bans.tsx'
import styles from './people-panel.module.css'
import { PersonRow } from './person-row.tsx'
import { RemoveDialog } from './remove-dialog.tsx'

const everyone = ({ you, peers }: InClass): readonly Participant[] =>
  [you, ...peers.map(({ participant }) => participant)].toSorted(
    (one, other) => Date.parse(one.joinedAt) - Date.parse(other.joinedAt),
  )

/** Who is there, in the order of joining; above them who waits to be called. */
export function PeoplePanel() {
  const { t } = useTranslation('class')
  const people = useInClass(everyone, sameItems)
  const hands = useInClass((state) => state.hands, sameItems)
  const directs = useInClass(({ you }) => isStaff(you.role))
  const [removing, setRemoving] = useState<Participant>()
  const [isAsking, setAsking] = useState(false)
  const remove = (person: Participant) => {
    setRemoving(person)
    setAsking(true)
  }
  const raised = hands.flatMap((userId) => people.find((person) => person.userId === userId) ?? [])
  return (
    <div className={styles['people']}>
      {directs && <LockSwitch />}
      {raised.length > 0 && (
        <Group label={t('people.hands', { count: raised.length })} people={raised} place onRemove={remove} />
      )}
      <Group label={t('people.count', { count: people.length })} people={people} onRemove={remove} />
      {directs && <Bans />}
      {removing !== undefined && <RemoveDialog person={removing} opened={isAsking} onClose={() => setAsking(false)} />}
    </div>
  )
}

interface GroupProps {
  label: string
  people: readonly Participant[]
  /** They stand in a queue. */
  place?: boolean
  onRemove: (person: Participant) => void
}

function Group({ label, people, place = false, onRemove }: GroupProps) {
  return (
    <section>
      <h3 className={styles['heading']}>{label}</h3>
      <ul className={styles['list']} aria-label={label}>
        {people.map((person, index) => (
          <PersonRow key={person.userId} person={person} place={place ? index + 1 : 0} onRemove={onRemove} />
        ))}
      </ul>
    </section>
  )
}

function LockSwitch() {
  const { t } = useTranslation('class')
  const classroom = useClassroom()
  const errorText = useErrorText()
  const isLocked = useInClass(({ session }) => session.locked)
  const lock = (locked: boolean) => {
    classroom.lock(locked).catch((error: unknown) => toastFailed(errorText(error)))
  }
  return (
    <div className={styles['lock']}>
      <Lock size={16} aria-hidden="true" />
      <Switch
        labelPosition="left"
        label={t('people.lock')}
        description={t('people.lockHint')}
        checked={isLocked}
        onChange={({ currentTarget }) => lock(currentTarget.checked)}
        classNames={{ root: styles['switch'] ?? '', body: styles['switchBody'] ?? '' }}
      />
    </div>
  )
}
