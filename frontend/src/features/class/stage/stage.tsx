import type { InClass, RemotePeer } from '@lectern/client/classes'
import type { Participant } from '@lectern/protocol'
import { Loader } from '@mantine/core'
import { useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { clsx } from '../../../ui/class-names.ts'
import { sameItems, useInClass } from '../class-context.tsx'
import { useOwnStream } from '../media/own-stream.ts'
import { Video } from '../media/video.tsx'
import { useRoomUi } from '../room-ui.ts'
import { arrange, type Large, nextFeatured } from './arrangement.ts'
import { GAP, layout } from './layout.ts'
import styles from './stage.module.css'
import { Tile } from './tile.tsx'
import { usePin } from './use-pin.ts'
import { type Size, useSize } from './use-size.ts'

/** Above this a strip of tiles stands at the side of what is large, else below it. */
const SIDE_FROM = 720
/** Of a tile in the strip, in pixels. */
const STRIP = { width: 200, height: 120 }
const PHONE_STRIP = { width: 132, height: 92 }

/** Who and what is to be seen of the class. */
export function Stage() {
  const { t } = useTranslation('class')
  const { view, pinned } = useRoomUi()
  const [ref, size] = useSize()
  const you = useInClass((state) => state.you)
  const peers = useInClass((state) => state.peers)
  const speaking = useInClass((state) => state.speaking, sameItems)
  const featured = useRef<string>(undefined)
  featured.current = nextFeatured(featured.current, speaking, you.userId)
  const { large, tiles } = arrange({ you, peers }, view, [pinned, featured.current])
  const isBeside = size.width >= SIDE_FROM && size.width > size.height
  return (
    <section ref={ref} className={styles['stage']} aria-label={t('stage.label')}>
      {large === undefined ? (
        <Grid people={tiles} space={size} />
      ) : (
        <div className={clsx(styles['split'], isBeside && styles['beside'])}>
          <div className={styles['large']}>
            <LargeFigure large={large} />
          </div>
          {tiles.length > 0 && (
            <ul className={styles['strip']} aria-label={t('stage.people')}>
              {tiles.map((userId) => (
                <li key={userId}>
                  <PersonTile userId={userId} size={isBeside ? STRIP : PHONE_STRIP} />
                </li>
              ))}
            </ul>
          )}
        </div>
      )}
    </section>
  )
}

function Grid({ people, space }: { people: readonly string[]; space: Size }) {
  const { t } = useTranslation('class')
  const { columns, width, height } = layout(people.length, space.width, space.height)
  return (
    <ul
      className={styles['grid']}
      style={{ maxWidth: columns * width + GAP * (columns - 1), gap: GAP }}
      aria-label={t('stage.people')}
    >
      {people.map((userId) => (
        <li key={userId}>
          <PersonTile userId={userId} size={{ width, height }} />
        </li>
      ))}
    </ul>
  )
}

const peerOf = (state: InClass, userId: string): RemotePeer | undefined =>
  state.peers.find(({ participant }) => participant.userId === userId)

function PersonTile({ userId, size }: { userId: string; size?: Size }) {
  const isYou = useInClass((state) => state.you.userId === userId)
  const person = useInClass((state): Participant | undefined =>
    state.you.userId === userId ? state.you : peerOf(state, userId)?.participant,
  )
  const media = useInClass((state) => peerOf(state, userId)?.media)
  const link = useInClass((state) => peerOf(state, userId)?.link)
  const isSpeaking = useInClass((state) => state.speaking.includes(userId))
  const handPlace = useInClass((state) => state.hands.indexOf(userId) + 1)
  const own = useOwnStream()
  const pin = usePin(userId)
  if (person === undefined) return null
  const stream = isYou ? own : person.video ? media : undefined
  return (
    <Tile
      person={person}
      isYou={isYou}
      stream={stream}
      link={link}
      isSpeaking={isSpeaking}
      handPlace={handPlace}
      {...pin}
      {...(size !== undefined && { size })}
    />
  )
}

function LargeFigure({ large }: { large: Large }) {
  if (large.kind === 'person') return <PersonTile userId={large.userId} />
  return <SharedScreen userId={large.userId} />
}

function SharedScreen({ userId }: { userId: string }) {
  const { t } = useTranslation('class')
  const name = useInClass((state) => peerOf(state, userId)?.participant.displayName ?? '')
  const screen = useInClass((state) => peerOf(state, userId)?.screen)
  return (
    <div className={styles['screen']}>
      {screen === undefined ? (
        <div className={styles['waiting']}>
          <Loader size={18} color="white" />
          {t('stage.screenComing', { name })}
        </div>
      ) : (
        <Video stream={screen} label={t('stage.screenOf', { name })} whole />
      )}
      <p className={styles['caption']}>{t('stage.screenOf', { name })}</p>
    </div>
  )
}
