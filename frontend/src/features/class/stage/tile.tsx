import type { PeerLink } from '@lectern/client/classes'
import type { Participant } from '@lectern/protocol'
import { Loader } from '@mantine/core'
import { Hand, MicOff } from 'lucide-react'
import { memo } from 'react'
import { useTranslation } from 'react-i18next'
import { Avatar } from '../../../ui/avatar.tsx'
import { clsx } from '../../../ui/class-names.ts'
import unseen from '../../../ui/visually-hidden.module.css'
import { Video } from '../media/video.tsx'
import { PinButton } from './pin-button.tsx'
import { QualityMark } from './quality-mark.tsx'
import styles from './tile.module.css'
import type { Pin } from './use-pin.ts'

export interface TileProps extends Pin {
  person: Participant
  isYou: boolean
  /** What their camera gives; undefined while it is off, or on its way. */
  stream: MediaStream | undefined
  /** Undefined for oneself. */
  link: PeerLink | undefined
  isSpeaking: boolean
  /** In the queue of raised hands, from 1; 0: not in it. */
  handPlace: number
  /** Pixels; the large one fills what there is. */
  size?: { readonly width: number; readonly height: number }
}

/** One person of the class. */
export const Tile = memo(function Tile({
  person,
  isYou,
  stream,
  link,
  isSpeaking,
  handPlace,
  isPinned,
  onPin,
  size,
}: TileProps) {
  const { t } = useTranslation('class')
  const name = isYou ? t('tile.you', { name: person.displayName }) : person.displayName
  const isSmall = size !== undefined && Math.min(size.width, size.height) < 130
  return (
    <div
      className={clsx(styles['tile'], isSpeaking && styles['speaking'])}
      style={size}
      data-tile={person.userId}
      data-speaking={isSpeaking || undefined}
      data-linking={(link !== undefined && link.status !== 'connected') || undefined}
    >
      {stream === undefined ? (
        <Avatar
          id={person.userId}
          name={person.displayName}
          size={isSmall ? 48 : 88}
          className={styles['face'] ?? ''}
        />
      ) : (
        <Video stream={stream} label={t('tile.camera', { name })} mirrored={isYou} />
      )}
      {link !== undefined && link.status !== 'connected' && (
        <div className={styles['link']}>
          <Loader size={16} color="white" />
          {!isSmall && t(`tile.${link.status}`)}
          {isSmall && <span className={unseen['hidden']}>{t(`tile.${link.status}`)}</span>}
        </div>
      )}
      {handPlace > 0 && (
        <span className={styles['hand']} title={t('tile.hand', { place: handPlace })}>
          <Hand size={15} aria-hidden="true" />
          <span aria-hidden="true">{handPlace}</span>
          <span className={unseen['hidden']}>{t('tile.hand', { place: handPlace })}</span>
        </span>
      )}
      {onPin !== undefined && <PinButton person={person} isPinned={isPinned} onPin={onPin} />}
      <div className={styles['foot']}>
        {!person.audio && (
          <span className={styles['muted']} title={t('tile.muted')}>
            <MicOff size={14} aria-hidden="true" />
            <span className={unseen['hidden']}>{t('tile.muted')}</span>
          </span>
        )}
        <bdi className={styles['name']}>{name}</bdi>
        {link?.status === 'connected' && <QualityMark quality={link.quality} />}
      </div>
    </div>
  )
})
