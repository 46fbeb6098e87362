import { LecternError } from '@lectern/client'
import type { ClassSession } from '@lectern/protocol'
import { LIMITS } from '@lectern/protocol'
import { Button, Switch, TextInput } from '@mantine/core'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useMe } from '../../../lectern/client-context.tsx'
import { PageFrame } from '../../../ui/page-frame.tsx'
import { readStored } from '../../../ui/storage.ts'
import { MediaButtons } from '../bar/media-buttons.tsx'
import { useClassroom, useClassroomState, useMedia } from '../class-context.tsx'
import { DeviceChoice } from '../media/device-choice.tsx'
import { Preview } from '../media/preview.tsx'
import { keepSwitches, MUTED_KEY, useSwitches, WITHOUT_CAMERA_KEY } from '../media/use-switches.ts'
import { nameProblem } from './display-name.ts'
import styles from './green-room.module.css'
import { Present } from './present.tsx'

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
  useFirstSwitches()
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
          <JoinForm name={name} onName={setName} isNameRefused={isNameRefused} />
        </div>
      </div>
    </PageFrame>
  )
}

/** Asks for the microphone, then for the camera: two questions of the browser at once are hard to answer. */
function useFirstSwitches(): void {
  const media = useMedia()
  useEffect(() => {
    let isCurrent = true
    const ask = async () => {
      await media.setMicrophone(true).catch(() => undefined)
      if (isCurrent && readStored(MUTED_KEY) !== null) await media.setMicrophone(false).catch(() => undefined)
      if (isCurrent && readStored(WITHOUT_CAMERA_KEY) === null) await media.setCamera(true).catch(() => undefined)
    }
    void ask()
    return () => {
      isCurrent = false
    }
  }, [media])
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
}

function JoinForm({ name, onName, isNameRefused }: JoinFormProps) {
  const { t } = useTranslation('class')
  const classroom = useClassroom()
  const media = useMedia()
  const isJoining = useClassroomState().status === 'joining'
  const { isHeard, isSeen } = useSwitches()
  const [asked, setAsked] = useState<string>()
  const problem = asked === name ? nameProblem(name) : undefined
  const refused = isNameRefused && asked === name ? t('entry.name.refused') : undefined
  const join = async () => {
    setAsked(name)
    if (nameProblem(name) !== undefined) return
    const { microphone, camera } = media.getSnapshot()
    // What does not work today was not chosen.
    keepSwitches({
      isMuted: !isHeard && microphone.status !== 'failed',
      isWithoutCamera: !isSeen && camera.status !== 'failed',
    })
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
      <Button type="submit" size="md" loading={isJoining}>
        {t('entry.join')}
      </Button>
    </form>
  )
}
