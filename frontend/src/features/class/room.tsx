import type { InClass } from '@lectern/client/classes'
import { Lock } from 'lucide-react'
import { useCallback, useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { ControlBar } from './bar/control-bar.tsx'
import { type Question, RoomDialogs } from './bar/room-dialogs.tsx'
import { useClassKeys } from './bar/use-class-keys.ts'
import { Entered, useInClass } from './class-context.tsx'
import { Sound } from './media/sound.tsx'
import { ClassPanel } from './panel/class-panel.tsx'
import { PeoplePanel } from './panel/people-panel.tsx'
import styles from './room.module.css'
import { type ClassPanels, type PanelKind, RoomUiContext } from './room-ui.ts'
import type { View } from './stage/arrangement.ts'
import { Stage } from './stage/stage.tsx'
import { ClassAnnouncer } from './words/class-announcer.tsx'
import { NoticesList } from './words/notices-list.tsx'

interface RoomProps {
  state: InClass
  panels: ClassPanels
}

/** A class that one is in. */
export function Room({ state, panels }: RoomProps) {
  return (
    <Entered state={state}>
      <ClassAnnouncer first={state} />
      <RoomPage panels={panels} />
    </Entered>
  )
}

function RoomPage({ panels }: { panels: ClassPanels }) {
  const [panel, setPanel] = useState<PanelKind>()
  const [asked, setAsked] = useState<Question>()
  const [isBlocked, setBlocked] = useState(false)
  const [attempt, setAttempt] = useState(0)
  const isTalking = useClassKeys()
  const block = useCallback(() => setBlocked(true), [])
  const hear = () => {
    setBlocked(false)
    setAttempt(attempt + 1)
  }
  const togglePanel = useCallback((kind: PanelKind) => setPanel((open) => (open === kind ? undefined : kind)), [])
  const looking = useLooking()
  const ui = useMemo(() => ({ panel, togglePanel, ask: setAsked, ...looking }), [panel, togglePanel, looking])
  return (
    <RoomUiContext value={ui}>
      <div className={styles['page']} data-whole-window="">
        <Sound onBlocked={block} attempt={attempt} />
        <div className={styles['class']}>
          <Heading />
          <div className={styles['stage']}>
            <Stage />
          </div>
          <NoticesList onHear={isBlocked ? hear : undefined} isTalking={isTalking} />
          <ControlBar />
        </div>
        <ClassPanel kind={panel} onClose={() => setPanel(undefined)}>
          {panel === 'people' ? <PeoplePanel /> : panel === undefined ? null : panels[panel]}
        </ClassPanel>
        <RoomDialogs asked={asked} onClose={() => setAsked(undefined)} />
      </div>
    </RoomUiContext>
  )
}

/** Whom one sees large. */
function useLooking() {
  const [view, choose] = useState<View>('tiles')
  const [pinned, setPinned] = useState<string>()
  const setView = useCallback((chosen: View) => {
    setPinned(undefined)
    choose(chosen)
  }, [])
  const togglePin = useCallback((userId: string) => setPinned((before) => (before === userId ? undefined : userId)), [])
  return useMemo(
    () => ({ view: pinned === undefined ? view : 'speaker', pinned, setView, togglePin }) as const,
    [view, pinned, setView, togglePin],
  )
}

function Heading() {
  const { t } = useTranslation('class')
  const title = useInClass(({ session }) => session.title)
  const isAlone = useInClass(({ peers }) => peers.length === 0)
  const isLocked = useInClass(({ session }) => session.locked)
  return (
    <header className={styles['header']}>
      <h1 className={styles['title']}>
        <bdi>{title}</bdi>
      </h1>
      {isAlone && <span className={styles['fact']}>{t('stage.alone')}</span>}
      {isLocked && (
        <span className={styles['fact']}>
          <Lock size={14} aria-hidden="true" />
          {t('locked')}
        </span>
      )}
    </header>
  )
}
