import type { InClass } from '@lectern/client/classes'
import { Button, CloseButton } from '@mantine/core'
import {
  CircleAlert,
  CloudOff,
  type LucideIcon,
  MicOff,
  MonitorUp,
  TriangleAlert,
  Unplug,
  VideoOff,
  VolumeX,
} from 'lucide-react'
import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useClassroom, useInClass, useMedia, useMediaPart } from '../class-context.tsx'
import { useMutedTalk } from '../media/use-muted-talk.ts'
import { type Notice, noticeKey, noticesOf } from './notices.ts'
import styles from './notices-list.module.css'
import { useNameOf } from './use-name-of.ts'

const ICONS: Readonly<Record<Notice['kind'], LucideIcon>> = {
  recovering: CloudOff,
  sharing: MonitorUp,
  mutedBy: MicOff,
  cameraLimit: VideoOff,
  fewerPixels: TriangleAlert,
  videoOff: TriangleAlert,
  unplugged: Unplug,
  device: CircleAlert,
  screen: CircleAlert,
}

/** Told once, and forgotten when it was read. */
const TOLD_ONCE: readonly Notice['kind'][] = ['mutedBy', 'cameraLimit', 'unplugged']
/** Somebody may put it aside until it is another. */
const PUT_ASIDE: readonly Notice['kind'][] = ['fewerPixels', 'videoOff', 'device', 'screen']

const picked = ({ signal, screen, mutedBy, cameraLimit, adaptation }: InClass) => ({
  signal,
  screen,
  mutedBy,
  cameraLimit,
  adaptation,
})
type Picked = ReturnType<typeof picked>
const isSame = (one: Picked, other: Picked): boolean =>
  one.signal === other.signal &&
  one.screen === other.screen &&
  one.mutedBy === other.mutedBy &&
  one.cameraLimit === other.cameraLimit &&
  one.adaptation === other.adaptation

interface NoticesListProps {
  /** The browser lets the page make no sound yet. @returns after a click it may */
  onHear: (() => void) | undefined
  isTalking: boolean
}

/** What is to be known of one's own part in the class, above the bar. */
export function NoticesList({ onHear, isTalking }: NoticesListProps) {
  const { t } = useTranslation('class')
  const inClass = useInClass(picked, isSame)
  const microphone = useMediaPart((state) => state.microphone)
  const camera = useMediaPart((state) => state.camera)
  const unplugged = useMediaPart((state) => state.unplugged)
  const [aside, setAside] = useState<ReadonlySet<string>>(new Set())
  const notices = noticesOf(inClass, { microphone, camera, unplugged })
  const now = new Set(notices.map(noticeKey))
  // What has passed is told anew when it comes again.
  if ([...aside].some((key) => !now.has(key))) setAside(new Set([...aside].filter((key) => now.has(key))))
  return (
    <div className={styles['notices']} role="status" data-notices="">
      {onHear !== undefined && (
        <Row icon={VolumeX} text={t('notice.blocked')}>
          <Button size="compact-sm" onClick={onHear}>
            {t('notice.hear')}
          </Button>
        </Row>
      )}
      {isTalking && <Row icon={ICONS.mutedBy} text={t('notice.talking')} />}
      <MutedTalk />
      {notices
        .filter((notice) => !aside.has(noticeKey(notice)))
        .map((notice) => (
          <NoticeRow
            key={noticeKey(notice)}
            notice={notice}
            onAside={() => setAside(new Set([...aside, noticeKey(notice)]))}
          />
        ))}
    </div>
  )
}

/** That nobody hears one. */
function MutedTalk() {
  const { t } = useTranslation(['class', 'common'])
  const media = useMedia()
  const [isTalking, putAside] = useMutedTalk()
  if (!isTalking) return null
  return (
    <Row icon={MicOff} text={t('notice.mutedTalk')}>
      <Button size="compact-sm" variant="default" onClick={() => void media.setMicrophone(true).catch(() => undefined)}>
        {t('bar.unmute')}
      </Button>
      <CloseButton size="sm" aria-label={t('common:close')} onClick={putAside} />
    </Row>
  )
}

function NoticeRow({ notice, onAside }: { notice: Notice; onAside: () => void }) {
  const { t } = useTranslation(['class', 'common'])
  const classroom = useClassroom()
  const text = useNoticeText(notice)
  const isOnce = TOLD_ONCE.includes(notice.kind)
  return (
    <Row icon={ICONS[notice.kind]} text={text}>
      <Action notice={notice} />
      {(isOnce || PUT_ASIDE.includes(notice.kind)) && (
        <CloseButton
          size="sm"
          aria-label={t('common:close')}
          onClick={isOnce ? () => classroom.acknowledge() : onAside}
        />
      )}
    </Row>
  )
}

function Row({ icon: Icon, text, children }: { icon: LucideIcon; text: string; children?: ReactNode }) {
  return (
    <div className={styles['notice']}>
      <Icon size={18} aria-hidden="true" />
      <span className={styles['text']}>{text}</span>
      {children}
    </div>
  )
}

function useNoticeText(notice: Notice): string {
  const { t } = useTranslation('class')
  const name = useNameOf(notice.kind === 'mutedBy' ? notice.userId : undefined)
  switch (notice.kind) {
    case 'recovering':
      return t('notice.recovering')
    case 'sharing':
      return t('notice.sharing')
    case 'mutedBy':
      return name === undefined ? t('notice.mutedByStaff') : t('notice.mutedBy', { name })
    case 'cameraLimit':
      return t('notice.cameraLimit', { count: notice.limit })
    case 'fewerPixels':
    case 'videoOff':
      return t(`notice.${notice.kind}`, { reason: t(`quality.reason.${notice.reason}`) })
    case 'unplugged':
      return t(`notice.unplugged.${notice.device}.${notice.hasOther ? 'other' : 'none'}`)
    case 'device':
      return `${t(`trouble.${notice.device}.${notice.problem}`)} ${t(`trouble.remedy.${notice.problem}`)}`
    case 'screen':
      return t(`notice.screen.${notice.problem}`)
  }
}

function Action({ notice }: { notice: Notice }) {
  const { t } = useTranslation(['class', 'common'])
  const classroom = useClassroom()
  const media = useMedia()
  const button = (label: string, act: () => Promise<void>) => (
    <Button size="compact-sm" variant="default" onClick={() => void act().catch(() => undefined)}>
      {label}
    </Button>
  )
  switch (notice.kind) {
    case 'sharing':
      return button(t('bar.stopSharing'), () => classroom.stopSharing())
    case 'mutedBy':
      return button(t('bar.unmute'), () => media.setMicrophone(true))
    case 'device':
      return notice.problem === 'unsupported'
        ? null
        : button(t('common:retry'), () =>
            notice.device === 'microphone' ? media.setMicrophone(true) : media.setCamera(true),
          )
    default:
      return null
  }
}
