import { useMediaQuery } from '@mantine/hooks'
import {
  Folder,
  Hand,
  Keyboard,
  LayoutGrid,
  MessageSquare,
  MonitorUp,
  PictureInPicture2,
  Settings2,
  Users,
} from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { isStaff } from '../../../lectern/course-roles.ts'
import { useInClass } from '../class-context.tsx'
import { useRoomUi } from '../room-ui.ts'
import { ChatBadge, HandsBadge } from './badges.tsx'
import { BarButton } from './bar-button.tsx'
import styles from './control-bar.module.css'
import { LeaveButton } from './leave-button.tsx'
import { MediaButtons } from './media-buttons.tsx'
import { MoreMenu } from './more-menu.tsx'
import { useHand } from './use-hand.ts'
import { canShareScreen, useShare } from './use-share.ts'

/** What one does in a class. Where there is little room, what is needed less stands in a menu. */
export function ControlBar() {
  const { t } = useTranslation('class')
  const isWide = useMediaQuery('(min-width: 62em)', true, { getInitialValueInEffect: false })
  return (
    <section className={styles['bar']} aria-label={t('bar.label')}>
      <div className={styles['group']}>
        <MediaButtons />
        {isWide && canShareScreen && <ShareButton />}
        <HandButton />
      </div>
      <div className={styles['group']}>
        {isWide && <PanelButton kind="people" />}
        <PanelButton kind="chat" />
        {isWide ? <WideButtons /> : <MoreMenu />}
      </div>
      <LeaveButton />
    </section>
  )
}

function ShareButton() {
  const { t } = useTranslation('class')
  const { isSharing, isStarting, toggleShare } = useShare()
  return (
    <BarButton
      icon={MonitorUp}
      label={t('bar.share')}
      tip={t(isSharing ? 'bar.stopSharing' : 'bar.share')}
      look={isSharing ? 'lit' : 'plain'}
      pressed={isSharing}
      disabled={isStarting}
      onClick={toggleShare}
    />
  )
}

function HandButton() {
  const { t } = useTranslation('class')
  const { isRaised, toggleHand } = useHand()
  return (
    <BarButton
      icon={Hand}
      label={t('bar.hand')}
      tip={t(isRaised ? 'bar.lowerHand' : 'bar.hand')}
      shortcut="H"
      look={isRaised ? 'hand' : 'plain'}
      pressed={isRaised}
      onClick={toggleHand}
    />
  )
}

const PANEL_ICONS = { people: Users, chat: MessageSquare, files: Folder } as const

function PanelButton({ kind }: { kind: 'people' | 'chat' | 'files' }) {
  const { t } = useTranslation('class')
  const { panel, togglePanel } = useRoomUi()
  const courseId = useInClass(({ session }) => session.course_id)
  const seesHands = useInClass(({ you }) => isStaff(you.role))
  return (
    <BarButton
      icon={PANEL_ICONS[kind]}
      label={t(`panel.${kind}`)}
      look={panel === kind ? 'lit' : 'plain'}
      pressed={panel === kind}
      onClick={() => togglePanel(kind)}
      badge={
        panel === kind ? undefined : kind === 'chat' ? (
          <ChatBadge courseId={courseId} />
        ) : kind === 'people' && seesHands ? (
          <HandsBadge />
        ) : undefined
      }
    />
  )
}

function WideButtons() {
  const { t } = useTranslation('class')
  const { view, setView, ask } = useRoomUi()
  const isSpeaker = view === 'speaker'
  return (
    <>
      <PanelButton kind="files" />
      <BarButton
        icon={isSpeaker ? PictureInPicture2 : LayoutGrid}
        label={t('bar.speakerView')}
        tip={t(isSpeaker ? 'bar.tiles' : 'bar.speakerView')}
        pressed={isSpeaker}
        onClick={() => setView(isSpeaker ? 'tiles' : 'speaker')}
      />
      <BarButton icon={Settings2} label={t('bar.settings')} onClick={() => ask('settings')} />
      <BarButton icon={Keyboard} label={t('keys.title')} onClick={() => ask('keys')} />
    </>
  )
}
