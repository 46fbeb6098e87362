import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { useMe } from '../../../lectern/client-context.tsx'
import { Avatar } from '../../../ui/avatar.tsx'
import { useMediaPart } from '../class-context.tsx'
import { useOwnStream } from './own-stream.ts'
import styles from './preview.module.css'
import { Video } from './video.tsx'

/** How others will see one; at its foot the switches. */
export function Preview({ name, children }: { name: string; children: ReactNode }) {
  const { t } = useTranslation('class')
  const { id } = useMe()
  const stream = useOwnStream()
  const isStarting = useMediaPart(({ camera }) => camera.status === 'starting')
  return (
    <div className={styles['preview']}>
      {stream === undefined ? (
        <div className={styles['none']}>
          <Avatar id={id} name={name} size={96} />
          <span>{t(isStarting ? 'preview.starting' : 'preview.off')}</span>
        </div>
      ) : (
        <Video stream={stream} label={t('preview.label')} mirrored />
      )}
      <div className={styles['switches']}>{children}</div>
    </div>
  )
}
