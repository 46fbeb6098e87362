import { LecternError } from '@lectern/client'
import type { LeftReason } from '@lectern/client/classes'
import type { ClassSession } from '@lectern/protocol'
import { Center } from '@mantine/core'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useSession } from '../../lectern/class-queries.ts'
import { useErrorText } from '../../lectern/error-text.ts'
import { usePageTitle } from '../../lectern/page-title.ts'
import { ErrorState } from '../../ui/error-state.tsx'
import { PageFrame } from '../../ui/page-frame.tsx'
import './class-colours.css'
import { ClassroomProvider, useClassroomState } from './class-context.tsx'
import { GreenRoom } from './entry/green-room.tsx'
import { GreenRoomLoading } from './entry/green-room-loading.tsx'
import { LobbyPage } from './entry/lobby-page.tsx'
import { isNameRefused } from './entry/obstacle.ts'
import { ObstaclePage } from './entry/obstacle-page.tsx'
import { Room } from './room.tsx'
import type { ClassPanels } from './room-ui.ts'

interface ClassPageProps {
  courseId: string
  sessionId: string
  panels: ClassPanels
}

/** A class, from the door to having left. */
export function ClassPage({ courseId, sessionId, panels }: ClassPageProps) {
  const { t } = useTranslation('class')
  const errorText = useErrorText()
  const { data: session, error, refetch, isFetching } = useSession(sessionId)
  const [left, setLeft] = useState<LeftReason>()
  usePageTitle(session?.title)
  if (left !== undefined) return <ObstaclePage courseId={courseId} reason={left} onAgain={() => setLeft(undefined)} />
  // Nobody is asked for a camera in vain; one that is reopened is entered anew.
  if (session?.status === 'ended') return <ObstaclePage courseId={courseId} reason={{ kind: 'ended' }} />
  if (session !== undefined) {
    return (
      <ClassroomProvider sessionId={sessionId} unsupported={<Unsupported courseId={courseId} />}>
        <Class session={session} panels={panels} onLeft={setLeft} />
      </ClassroomProvider>
    )
  }
  if (error === null) return <GreenRoomLoading courseId={courseId} />
  if (error instanceof LecternError && error.code === 'NOT_FOUND') {
    return <ObstaclePage courseId={courseId} reason={{ kind: 'refused', error }} />
  }
  return (
    <PageFrame title={t('title')} back={{ to: `/courses/${courseId}/classes`, label: t('toClasses') }}>
      <ErrorState
        title={t('obstacle.failed.title')}
        text={errorText(error)}
        onRetry={() => void refetch()}
        isRetrying={isFetching}
      />
    </PageFrame>
  )
}

interface ClassProps {
  session: ClassSession
  panels: ClassPanels
  onLeft: (reason: LeftReason) => void
}

function Class({ session, panels, onLeft }: ClassProps) {
  const state = useClassroomState()
  const left = state.status === 'left' && !isNameRefused(state.reason) ? state.reason : undefined
  // Microphone and camera go off with what is drawn of the class: not before it was said why.
  useEffect(() => {
    if (left !== undefined) onLeft(left)
  }, [left, onLeft])
  switch (state.status) {
    case 'joined':
      return <Room state={state} panels={panels} />
    case 'lobby':
      return <LobbyPage session={session} />
    case 'left':
    case 'idle':
    case 'joining':
      return left === undefined ? <GreenRoom session={session} isNameRefused={state.status === 'left'} /> : null
  }
}

function Unsupported({ courseId }: { courseId: string }) {
  const { t } = useTranslation('class')
  return (
    <PageFrame title={t('title')} back={{ to: `/courses/${courseId}/classes`, label: t('toClasses') }}>
      <Center>
        <ErrorState title={t('unsupported.title')} text={t('unsupported.text')} />
      </Center>
    </PageFrame>
  )
}
