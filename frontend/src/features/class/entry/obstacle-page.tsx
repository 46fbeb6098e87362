import type { LeftReason } from '@lectern/client/classes'
import { Button } from '@mantine/core'
import {
  Ban,
  CircleCheck,
  DoorClosed,
  Lock,
  type LucideIcon,
  MonitorSmartphone,
  RotateCw,
  Users,
  VideoOff,
} from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { Link } from 'wouter'
import { useErrorText } from '../../../lectern/error-text.ts'
import { EmptyState } from '../../../ui/empty-state.tsx'
import { ErrorState } from '../../../ui/error-state.tsx'
import { PageFrame } from '../../../ui/page-frame.tsx'
import { type Obstacle, obstacleOf } from './obstacle.ts'

interface ObstaclePageProps {
  courseId: string
  reason: LeftReason
  /** Back to the door; left out where nobody would open it. */
  onAgain?: () => void
}

const ICONS: Readonly<Record<Exclude<Obstacle, 'failed'>, LucideIcon>> = {
  left: CircleCheck,
  ended: CircleCheck,
  over: CircleCheck,
  removed: DoorClosed,
  replaced: MonitorSmartphone,
  locked: Lock,
  banned: Ban,
  full: Users,
  cameras: VideoOff,
  gone: DoorClosed,
}

/** Where knocking again may help. */
const OPENS_AGAIN: readonly Obstacle[] = [
  'left',
  'removed',
  'replaced',
  'locked',
  'banned',
  'full',
  'cameras',
  'failed',
]

/** Stands in the place of a class that one is not in, with the ways on. */
export function ObstaclePage({ courseId, reason, onAgain }: ObstaclePageProps) {
  const { t } = useTranslation('class')
  const errorText = useErrorText()
  const obstacle = obstacleOf(reason)
  const ways = (
    <>
      {onAgain !== undefined && OPENS_AGAIN.includes(obstacle) && (
        <Button leftSection={<RotateCw size={16} aria-hidden="true" />} onClick={onAgain}>
          {t(`obstacle.again.${obstacle === 'left' || obstacle === 'replaced' ? obstacle : 'other'}`)}
        </Button>
      )}
      <Button component={Link} href={`/courses/${courseId}/classes`} variant="default">
        {t('toClasses')}
      </Button>
      <Button component={Link} href={`/courses/${courseId}`} variant="subtle">
        {t('toChat')}
      </Button>
    </>
  )
  return (
    <PageFrame title={t('title')} back={{ to: `/courses/${courseId}/classes`, label: t('toClasses') }}>
      {obstacle === 'failed' ? (
        <ErrorState
          title={t('obstacle.failed.title')}
          {...(reason.kind === 'refused' && { text: errorText(reason.error) })}
        >
          {ways}
        </ErrorState>
      ) : (
        <Told obstacle={obstacle}>{ways}</Told>
      )}
    </PageFrame>
  )
}

function Told({ obstacle, children }: { obstacle: Exclude<Obstacle, 'failed'>; children: React.ReactNode }) {
  const { t } = useTranslation('class')
  const Icon = ICONS[obstacle]
  return (
    <div role="status">
      <EmptyState
        icon={<Icon size={26} />}
        title={t(`obstacle.${obstacle}.title`)}
        text={t(`obstacle.${obstacle}.text`)}
      >
        {children}
      </EmptyState>
    </div>
  )
}
