import { LecternError } from '@lectern/client'
import type { ClassSession } from '@lectern/protocol'
import { LIMITS } from '@lectern/protocol'
import { Button, Switch, TextInput } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useMe } from '../../../lectern/client-context.tsx'
import { PageFrame } from '../../../ui/page-frame.tsx'
import { MediaButtons } from '../bar/media-buttons.tsx'
import { useClassroom, useClassroomState } from '../class-context.tsx'
import { DeviceChoice } from '../media/device-choice.tsx'
import { Preview } from '../media/preview.tsx'
import { useSwitches } from '../media/use-switches.ts'
import { nameProblem } from './display-name.ts'
import styles from './green-room.module.css'
import { Present } from './present.tsx'
import { type Asking, useFirstSwitches } from './use-first-switches.ts'

interface GreenRoomProps {
  session: ClassSession
  /** The server did not take the name that one wanted to come with. */
  isNameRefused: boolean
}

/** Where one sees oneself before the others do, and says how one comes in. */
export function GreenRoom({ session, isNameRefused }: GreenRoomProps) {
  const { t } = useTranslation('class')
  const me = useMe()
  const [name, setName] = useState(me.name.slice(0, LIMITS.displayName))
  const asking = useFirstSwitches()
  return (
    <PageFrame
      wide
      title={<bdi>{session.title}</bdi>}
      back={{ to: `/courses/${session.course_id}/classes`, label: t('toClasses') }}
    >
      <div className={styles['room']}>
        <div>
          <Preview name={name.trim() === '' ? me.name : name}>
            <MediaButtons />
          </Preview>
          <HowToCome />
        </div>
        <div className={styles['side']}>
          <Present session={session} />
          <JoinForm name={name} onName={setName} isNameRefused={isNameRefused} asking={asking} />
        </div>
      </div>
    </PageFrame>
  )
}

function HowToCome() {
  const { t } = useTranslation('class')
  const { isHeard, isSeen, setHeard, setSeen } = useSwitches()
  return (
    <div className={styles['how']}>
      <Switch
        label={t('entry.muted')}
        checked={!isHeard}
        onChange={(event) => setHeard(!event.currentTarget.checked)}
      />
      <Switch
        label={t('entry.withoutCamera')}
        checked={!isSeen}
        onChange={(event) => setSeen(!event.currentTarget.checked)}
      />
    </div>
  )
}

interface JoinFormProps {
  name: string
  onName: (name: string) => void
  isNameRefused: boolean
  asking: Asking
}

function JoinForm({ name, onName, isNameRefused, asking }: JoinFormProps) {
  const { t } = useTranslation('class')
  const classroom = useClassroom()
  const isJoining = useClassroomState().status === 'joining'
  const [asked, setAsked] = useState<string>()
  const [isWaiting, setWaiting] = useState(false)
  const problem = asked === name ? nameProblem(name) : undefined
  const refused = isNameRefused && asked === name ? t('entry.name.refused') : undefined
  const join = async () => {
    setAsked(name)
    if (nameProblem(name) !== undefined) return
    setWaiting(true)
    await asking.settle()
    setWaiting(false)
    try {
      await classroom.join({ displayName: name.trim() })
    } catch (error) {
      // The state says why.
      if (!(error instanceof LecternError)) throw error
    }
  }
  return (
    <form
      className={styles['form']}
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        void join()
      }}
    >
      <TextInput
        label={t('entry.name.label')}
        description={t('entry.name.hint')}
        autoComplete="off"
        inputWrapperOrder={['label', 'input', 'description', 'error']}
        value={name}
        onChange={({ currentTarget }) => onName(currentTarget.value)}
        error={problem === undefined ? refused : t(`entry.name.${problem}`, { max: LIMITS.displayName })}
      />
      <DeviceChoice />
      <div className={styles['join']}>
        <Button type="submit" size="md" loading={isJoining || isWaiting}>
          {t('entry.join')}
        </Button>
      </div>
    </form>
  )
}
