import { Modal } from '@mantine/core'
import { ChevronLeft, ChevronRight, Download, X } from 'lucide-react'
import { type ReactNode, useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { ownPath } from '../../../lectern/own-path.ts'
import { useRoomPart } from '../../../lectern/room-context.tsx'
import { clsx } from '../../../ui/class-names.ts'
import { fullTime } from '../../../ui/time.ts'
import { FileName } from '../attachments/file-name.tsx'
import { nextPicture, pictureAt, type ShownPicture } from './loaded-pictures.ts'
import styles from './picture-viewer.module.css'

interface PictureViewerProps {
  opened: boolean
  /** The place of the message that bears it. */
  seq: number | undefined
  onShow: (seq: number) => void
  onClose: () => void
}

/** One picture as large as the window allows, and the way to the others of the conversation. */
export function PictureViewer({ opened, seq, onShow, onClose }: PictureViewerProps) {
  const { t } = useTranslation('chat')
  const timeline = useRoomPart((state) => (opened ? state.timeline : undefined))
  const shown = seq === undefined || timeline === undefined ? undefined : pictureAt(timeline, seq)
  const isGone = opened && shown === undefined
  useEffect(() => {
    if (isGone) onClose()
  }, [isGone, onClose])
  const before =
    shown === undefined || timeline === undefined ? undefined : nextPicture(timeline, shown.message.seq, -1)
  const after = shown === undefined || timeline === undefined ? undefined : nextPicture(timeline, shown.message.seq, 1)
  useArrows(opened, { ArrowLeft: before, ArrowRight: after }, onShow)
  return (
    <Modal.Root opened={opened && shown !== undefined} onClose={onClose} fullScreen transitionProps={{ duration: 120 }}>
      <Modal.Content radius={0} aria-label={t('picture.title')}>
        {shown !== undefined && (
          <div className={styles['content']}>
            <Bar shown={shown} onClose={onClose} />
            <div className={styles['stage']}>
              <Zoomed key={shown.file.id} shown={shown} />
              <Step to={before} onShow={onShow} label={t('picture.previous')} className={styles['previous']}>
                <ChevronLeft size={24} aria-hidden="true" />
              </Step>
              <Step to={after} onShow={onShow} label={t('picture.next')} className={styles['next']}>
                <ChevronRight size={24} aria-hidden="true" />
              </Step>
            </div>
          </div>
        )}
      </Modal.Content>
    </Modal.Root>
  )
}

/** Wherever the focus is: what had it may be gone. */
function useArrows(
  isOpen: boolean,
  { ArrowLeft, ArrowRight }: Record<'ArrowLeft' | 'ArrowRight', number | undefined>,
  onShow: (seq: number) => void,
): void {
  useEffect(() => {
    if (!isOpen) return
    const go = ({ key }: KeyboardEvent): void => {
      const to = key === 'ArrowLeft' ? ArrowLeft : key === 'ArrowRight' ? ArrowRight : undefined
      if (to !== undefined) onShow(to)
    }
    addEventListener('keydown', go)
    return () => removeEventListener('keydown', go)
  }, [isOpen, ArrowLeft, ArrowRight, onShow])
}

function Bar({ shown: { message, file }, onClose }: { shown: ShownPicture; onClose: () => void }) {
  const { t, i18n } = useTranslation('chat')
  const download = t('file.download', { name: file.original_name })
  return (
    <div className={styles['bar']}>
      <div className={styles['about']} aria-live="polite">
        <FileName name={file.original_name} className={styles['name']} />
        <div className={styles['by']}>
          {t('picture.by', { name: message.user_name, time: fullTime(message.created_at, i18n.language) })}
        </div>
      </div>
      <a
        className={styles['tool']}
        href={ownPath(file.download_url)}
        download=""
        aria-label={download}
        title={download}
      >
        <Download size={20} aria-hidden="true" />
      </a>
      <button
        type="button"
        className={styles['tool']}
        aria-label={t('picture.close')}
        title={t('picture.close')}
        onClick={onClose}
        data-autofocus
      >
        <X size={22} aria-hidden="true" />
      </button>
    </div>
  )
}

/** Fits the window; in full size after a click. */
function Zoomed({ shown: { file } }: { shown: ShownPicture }) {
  const { t } = useTranslation('chat')
  const [isFull, setFull] = useState(false)
  const [hasFailed, setFailed] = useState(false)
  if (hasFailed) return <p className={styles['failed']}>{t('picture.failed')}</p>
  return (
    <div className={styles['scroll']}>
      {/* biome-ignore lint/a11y/useKeyWithClickEvents: by keyboard, a browser's own zoom does it */}
      <img
        src={ownPath(file.view_url)}
        alt={file.original_name}
        className={styles[isFull ? 'full' : 'picture']}
        title={t(isFull ? 'picture.fit' : 'picture.full')}
        onClick={() => setFull(!isFull)}
        onError={() => setFailed(true)}
      />
    </div>
  )
}

interface StepProps {
  /** Undefined: there is no other this way. The button stays, and with it the focus. */
  to: number | undefined
  onShow: (seq: number) => void
  label: string
  className: string | undefined
  children: ReactNode
}

function Step({ to, onShow, label, className, children }: StepProps) {
  return (
    <button
      type="button"
      className={clsx(styles['tool'], styles['step'], className)}
      aria-label={label}
      title={label}
      aria-disabled={to === undefined}
      onClick={() => to !== undefined && onShow(to)}
    >
      {children}
    </button>
  )
}
